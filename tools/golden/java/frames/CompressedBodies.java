import java.util.Map;
import java.util.TreeMap;

/** Bodies compressed in every way that this generation knows, plain to see by their length and checksum alone. */
final class CompressedBodies {
  private static final long MULTIPLIER = 1103515245L;
  private static final long INCREMENT = 12345L;

  interface Compressor {
    byte[] compress(byte[] plain) throws Exception;
  }

  private CompressedBodies() {}

  static void write(Out out) throws Exception {
    Map<String, byte[]> bodies = new TreeMap<>();
    bodies.put("empty", new byte[0]);
    bodies.put("text", Values.utf8(lines(60)));
    bodies.put("noise", noise(700));
    bodies.put("long", Values.utf8(lines(4200)));
    for (Map.Entry<String, Compressor> each : Generation.compressors().entrySet()) {
      for (Map.Entry<String, byte[]> body : bodies.entrySet()) {
        byte[] plain = body.getValue();
        out.misc("compressed-" + each.getKey() + "-" + body.getKey(), "compression", each.getKey(), "hex",
            Values.hex(each.getValue().compress(plain)), "plainLength", plain.length, "plainCrc32", Out.crc32(plain));
      }
    }
  }

  private static String lines(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("order ").append(i * 7919L % 100000).append(": region-").append(i % 13).append(", \u732b, paid\n");
    }
    return text.toString();
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    long state = 1;
    for (int i = 0; i < length; i++) {
      state = state * MULTIPLIER + INCREMENT & 0x7fffffff;
      bytes[i] = (byte) (state >> 16);
    }
    return bytes;
  }
}
