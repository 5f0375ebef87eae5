import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How a reference path spells the keys on its way. */
final class Paths {
  private static final String[][] TEXT_KEYS = {
      {"plain", "ab"}, {"empty", ""}, {"digits", "12"}, {"chinese", "\u4e2d\u6587"}, {"emoji", "\ud83d\ude00"},
      {"dot", "a.b"}, {"two-dots", ".."}, {"dollar", "$"}, {"at", "@"}, {"brackets", "a[0]"}, {"bracket", "a]b"},
      {"space", "a b"}, {"quote", "a\"b"}, {"single-quote", "a'b"}, {"backslash", "a\\b"}, {"slash", "a/b"},
      {"minus", "a-b"}, {"underscore", "a_b"}, {"colon", "a:b"}, {"comma", "a,b"}, {"semicolon", "a;b"}, {"braces", "a{b}"},
      {"parentheses", "a(b)"}, {"star", "a*b"}, {"question", "a?b"}, {"exclamation", "a!b"}, {"percent", "a%b"},
      {"pipe", "a|b"}, {"hash", "a#b"}, {"ampersand", "a&b"}, {"equals", "a=b"}, {"less-greater", "a<b>"}, {"tilde", "a~b"},
      {"caret", "a^b"}, {"backtick", "a`b"}, {"plus", "a+b"}, {"tab", "a\tb"}, {"newline", "a\nb"}, {"nul", "a\u0000b"},
      {"delete", "a\u007fb"}, {"offset-key", "T@G"}, {"retry-offset-key", "%RETRY%G@G"}, {"dotted-topic", "T.x.y@G-1"},
      {"address", "127.0.0.1:10911"}, {"null-text", "null"}};

  private Paths() {}

  static void write(Lines lines) {
    for (String[] key : TEXT_KEYS) {
      Map<Object, Object> shared = Values.object("x", 1);
      lines.body("path-text-" + key[0], "first seen under the text key " + Strict.write(key[1]),
          Values.object(key[1], shared, "later", shared));
    }
    typedKeys(lines);
    mixtures(lines);
  }

  private static void typedKeys(Lines lines) {
    Object[][] keys = {{"integer-0", 0}, {"integer-12", 12}, {"integer-negative", -1}, {"long-0", 0L}, {"long-12", 12L},
        {"long-beyond", Values.BEYOND_DOUBLE}, {"boolean", true}, {"double", 1.5}, {"character", 'c'},
        {"enum", TimeUnit.DAYS}, {"null", null}, {"bean", Keys.queue(0)}, {"list", Arrays.asList(1, 2)}};
    for (Object[] key : keys) {
      Map<Object, Object> shared = Values.object("x", 1);
      lines.body("path-key-" + key[0], "first seen under a key that is not text",
          Values.object("t", Values.object(key[1], shared), "later", shared));
      Map<Object, Object> again = Values.object("x", 1);
      lines.body("path-key-" + key[0] + "-target", "first seen under text, then under a key that is not",
          Values.object("first", again, "t", Values.object(key[1], again)));
    }
  }

  private static void mixtures(Lines lines) {
    Map<Object, Object> shared = Values.object("x", 1);
    lines.body("ambiguous-path-integer-and-text", "0 and \"0\" are both keys; the integer's value is shared",
        Values.object("t", Values.object("0", Values.object("y", 2), 0, shared), "later", shared));
    lines.body("path-deep", "a list, an integer key, a dotted key",
        Values.object("a", Arrays.asList(0, Values.object(5, Values.object("k.e", shared))), "z", shared));
    lines.body("ambiguous-path-dot", "a.b is a key and a way; the key's value is shared",
        Values.object("a", Values.object("b", Values.object("y", 2)), "a.b", shared, "later", shared));
    lines.body("ambiguous-path-dot-way", "a.b is a key and a way; the way's value is shared",
        Values.object("a", Values.object("b", shared), "a.b", Values.object("y", 2), "later", shared));
    lines.body("path-below-dot", "below a dotted key", Values.object("a.b", Values.object("c", shared), "later", shared));
    lines.body("path-below-offset-key", "below keys as offset tables have them",
        Values.object("offsetTable", Values.object("%RETRY%G@G", Values.object("0", shared), "T@G-2", shared)));
  }
}
