import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.common.message.MessageQueue;

/** The same object in two places: where {"$ref":"path"} appears, and where not. */
final class References {
  private References() {}

  static void write(Lines lines) {
    maps(lines);
    containers(lines);
    beans(lines);
    literal(lines);
  }

  private static void maps(Lines lines) {
    Map<Object, Object> shared = Values.object("x", 1);
    Map<Object, Object> outer = Values.object("in", shared);
    Map<Object, Object> empty = Values.object();
    lines.body("ref-map", "the same map twice", Values.object("a", shared, "b", shared));
    lines.body("ref-map-three-times", "the same map three times", Values.object("a", shared, "b", shared, "c", shared));
    lines.body("ref-nested", "twice, both nested",
        Values.object("p", Values.object("a", shared), "q", Values.object("b", shared)));
    lines.body("ref-inner", "a map first seen inside another", Values.object("a", outer, "b", shared, "c", shared));
    lines.body("ref-outer-and-inner", "a shared map whose own value is shared too",
        Values.object("a", outer, "b", outer, "c", shared));
    lines.body("ref-empty-map", "the same empty map twice", Values.object("a", empty, "b", empty));
    lines.body("ref-equal-not-same", "equal but distinct maps",
        Values.object("a", Values.object("x", 1), "b", Values.object("x", 1)));
  }

  private static void containers(Lines lines) {
    Map<Object, Object> shared = Values.object("x", 1);
    List<Object> list = Values.list(1, 2);
    List<Object> empty = Values.list();
    lines.body("ref-list-elements", "the same map twice in a list", Values.object("a", Arrays.asList(shared, shared)));
    lines.body("ref-list-later", "element 2 of a list, then a value",
        Values.object("a", Arrays.asList(1, 2, shared), "b", shared));
    lines.body("ref-list-of-lists", "inside lists of lists",
        Arrays.asList(Arrays.asList(shared), Arrays.asList(7, shared)));
    lines.body("ref-root-list", "the root is a list", Arrays.asList(shared, shared));
    lines.body("ref-list", "the same list twice: repeated", Values.object("a", list, "b", list));
    lines.body("ref-empty-list", "the same empty list twice: repeated", Values.object("a", empty, "b", empty));
    lines.body("ref-set", "in a set, then a value",
        Values.object("s", new LinkedHashSet<>(Arrays.asList(9, shared)), "b", shared));
    lines.body("ref-array", "in an Object[]", Values.object("a", new Object[] {shared, shared}));
  }

  private static void beans(Lines lines) {
    MessageQueue queue = Keys.queue(0);
    List<Object> alone = Collections.singletonList(queue);
    lines.body("ref-bean", "the same bean twice", Values.object("a", queue, "b", queue));
    lines.body("ref-bean-in-lists", "the same bean in two lists",
        Values.object("a", alone, "b", Collections.singletonList(queue)));
    lines.body("ref-bean-key-then-value", "a bean as key, then as value", Values.object(queue, 1, "b", queue));
    lines.body("ref-bean-value-then-key", "a bean as value, then as key", Values.object("a", queue, queue, 1));
    lines.body("ref-bean-key-of-two-maps", "one MessageQueue is a key of two maps",
        Values.object("a", Values.object(queue, 1), "b", Values.object(queue, 2)));
    lines.body("ref-scalars", "the same text, number and enum twice: repeated",
        Values.object("a", "text", "b", "text", "c", TimeUnit.DAYS, "d", TimeUnit.DAYS, "e", 5L, "f", 5L));
  }

  private static void literal(Lines lines) {
    lines.body("ambiguous-ref-literal-text", "data with a key $ref of its own", Values.object("a", Values.object("$ref", "hello")));
    lines.body("ref-literal-number", "data whose $ref is a number", Values.object("a", Values.object("$ref", 5)));
    lines.body("ref-literal-and-more", "data with $ref and another key",
        Values.object("a", Values.object("x", 1), "b", Values.object("$ref", "$.a", "y", 2)));
  }
}
