import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Numbers and text. */
final class Scalars {
  private Scalars() {}

  static void write(Lines lines) {
    numbers(lines);
    others(lines);
    control(lines);
    text(lines, "quotes", "quotes, backslash, slash", "\" ' \\ / \\\" \\u0041");
    text(lines, "html", "characters that matter to browsers", "<script>&amp;='(){}</script>");
    text(lines, "separators", "U+2028, U+2029, U+FEFF, U+00AD, U+FFFF", "\u2028\u2029\ufeff\u00ad\uffff");
    text(lines, "chinese", "Chinese", "\u4e2d\u6587");
    text(lines, "emoji", "a surrogate pair", "\ud83d\ude00");
    text(lines, "lone-high", "a high surrogate alone: lost, ? is sent", "a\ud83db");
    text(lines, "lone-low", "a low surrogate alone: lost, ? is sent", "a\ude00b");
    text(lines, "lone-high-at-end", "a high surrogate at the end: lost, ? is sent", "a\ud83d");
    text(lines, "properties", "a message's properties text", "TAGS\u0001a\u0002KEYS\u0001k1 k2\u0002");
    text(lines, "long", "600 characters, then U+000B", Values.repeat("0123456789", 60) + "\u000b");
  }

  private static void numbers(Lines lines) {
    lines.both("number-nan", "NaN and the infinities, double and float, are null", Values.list(Double.NaN,
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Float.NaN, Float.POSITIVE_INFINITY));
    lines.both("number-nan-in-map", "NaN as a map value is null, not left out", Values.object("tps", Double.NaN, "x", 1));
    lines.both("number-double", "doubles", Values.list(0.0, -0.0, 1.0, 100.0, 1.5, 0.1, 1e7, 1e10, 1e21, 1e-3, 1e-4, 1e-7,
        123456789.125, Double.MAX_VALUE, Double.MIN_VALUE, 9007199254740992.0));
    lines.both("number-float", "floats", Values.list(0f, 1f, 1.1f, 1e10f, Float.MAX_VALUE));
    lines.both("number-long", "longs around and beyond 2^53", Values.list(9007199254740991L, 9007199254740992L,
        Values.BEYOND_DOUBLE, -9007199254740991L, -Values.BEYOND_DOUBLE, Long.MAX_VALUE, Long.MIN_VALUE, 0L, -1L));
    lines.both("number-long-in-map", "a long beyond 2^53 as a map value", Values.object("offset", Values.BEYOND_DOUBLE));
    lines.both("number-long-array", "long[]", new long[] {1L, Values.BEYOND_DOUBLE});
    lines.both("number-small", "byte, short, int", Values.list((byte) -128, (short) 32767, Integer.MIN_VALUE));
    lines.both("number-big", "BigInteger and BigDecimal", Values.list(
        new BigInteger("123456789012345678901234567890"), new BigDecimal("1.10"), new BigDecimal("1E+3")));
  }

  private static void others(Lines lines) {
    byte[] bytes = {1, 2, (byte) 255};
    Object written = Json.BYTES_AS_BASE64 ? "AQL/" : bytes;
    lines.both("value-bytes", "byte[]", Values.object("b", bytes), Values.object("b", written));
    lines.both("value-character", "Character values", Values.list('c', '"', '\u0000', '\u4e2d'));
    lines.both("value-enum", "an enum value", Values.object("u", TimeUnit.SECONDS));
    lines.both("value-boolean", "booleans", Values.list(true, false));
  }

  private static void control(Lines lines) {
    StringBuilder low = new StringBuilder();
    for (char c = 0; c < 0x20; c++) low.append(c);
    StringBuilder high = new StringBuilder();
    for (char c = 0x7f; c <= 0xa0; c++) high.append(c);
    text(lines, "control", "U+0000 to U+001F", low.toString());
    text(lines, "control-spread", "the same, a letter after each", low.toString().replaceAll("(?s)(.)", "$1x"));
    text(lines, "control-high", "U+007F to U+00A0", high.toString());
    for (char c : new char[] {0, 7, 8, 10, 11, 12, 27}) {
      text(lines, String.format("control-%02x", (int) c), "one control character", "a" + c + "b");
    }
  }

  /** UTF-8 has no place for a lone surrogate, so the meaning is what its bytes say. */
  private static void text(Lines lines, String id, String note, String text) {
    String meaning = new String(Values.utf8(text), StandardCharsets.UTF_8);
    lines.both("text-" + id, note + "; as a value", Values.object("k", text), Values.object("k", meaning));
    lines.both("text-key-" + id, note + "; as a key", Values.object(text, 1), Values.object(meaning, 1));
  }
}
