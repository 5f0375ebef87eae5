import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Objects that hold themselves: the short forms $, @ and .. of a reference. */
final class Cycles {
  private Cycles() {}

  static void write(Lines lines) {
    Map<Object, Object> root = Values.object("x", 1);
    root.put("self", root);
    lines.cycle("cycle-root-child", "a value of the root is the root", root, "<root>{\"x\":1,\"self\":<root>}");
    Map<Object, Object> deep = Values.object("x", 1);
    deep.put("a", Values.object("b", Values.object("c", deep)));
    lines.cycle("cycle-root-deep", "the root, three levels down", deep, "<root>{\"x\":1,\"a\":{\"b\":{\"c\":<root>}}}");
    Map<Object, Object> child = Values.object("x", 1);
    child.put("self", child);
    lines.cycle("cycle-self", "a map below the root holds itself", Values.object("a", child),
        "{\"a\":<a>{\"x\":1,\"self\":<a>}}");
    Map<Object, Object> parent = Values.object("x", 1);
    parent.put("child", Values.object("up", parent));
    lines.cycle("cycle-parent", "a child refers to its parent", Values.object("a", parent),
        "{\"a\":<a>{\"x\":1,\"child\":{\"up\":<a>}}}");
    Map<Object, Object> grand = Values.object("x", 1);
    grand.put("child", Values.object("child", Values.object("up", grand)));
    lines.cycle("cycle-grandparent", "to the parent of the parent", Values.object("a", grand),
        "{\"a\":<a>{\"x\":1,\"child\":{\"child\":{\"up\":<a>}}}}");
    lists(lines);
  }

  private static void lists(Lines lines) {
    List<Object> list = Values.list(1);
    list.add(list);
    lines.cycle("cycle-list", "a list holds itself", Values.object("a", list), "{\"a\":<a>[1,<a>]}");
    Map<Object, Object> owner = Values.object("x", 1);
    owner.put("list", Arrays.asList(owner));
    lines.cycle("cycle-list-owner", "an element refers to the list's owner", Values.object("a", owner),
        "{\"a\":<a>{\"x\":1,\"list\":[<a>]}}");
    List<Object> rootList = Values.list(1);
    rootList.add(Values.object("up", rootList));
    lines.cycle("cycle-root-list", "an element's value is the root list", rootList, "<root>[1,{\"up\":<root>}]");
  }
}
