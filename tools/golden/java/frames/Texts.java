import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.rocketmq.common.message.MessageDecoder;

/** Message ids, properties text, checksums. */
final class Texts {
  private Texts() {}

  static void write(Out out) throws Exception {
    messageId(out, "127.0.0.1", 10911, 255);
    messageId(out, "10.0.0.1", 65535, Long.MAX_VALUE);
    properties(out);
    out.misc("reserved-properties", "note", "names that putUserProperty refuses", "names",
        new TreeSet<>(Generation.reservedProperties()));
    byte[] greeting = Values.utf8("hello \u4e16\u754c");
    byte[] cat = Values.utf8("cat");
    out.misc("crc32", "inputHex", Values.hex(greeting), "crc32", Out.crc32(greeting), "inputHex2", Values.hex(cat), "crc32_2",
        Out.crc32(cat), "note", "UtilAll.crc32 = (int)(java.util.zip.CRC32 & 0x7FFFFFFF)");
  }

  private static void messageId(Out out, String host, int port, long offset) throws Exception {
    String id = MessageDecoder.createMessageId(Records.address(host, port), offset);
    out.misc("offset-msg-id-" + offset, "host", host + ":" + port, "offset", String.valueOf(offset), "offsetMsgId", id);
  }

  private static void properties(Out out) {
    Map<String, String> properties = new HashMap<>();
    properties.put("uk", "v\u503c");
    properties.put("KEYS", "k1 k2");
    properties.put("empty", "");
    String encoded = MessageDecoder.messageProperties2String(properties);
    out.misc("properties-string", "properties", new TreeMap<>(properties), "encoded", encoded);
    properties.put("nul", null);
    String withNull = MessageDecoder.messageProperties2String(properties);
    out.misc("properties-null-value", "properties", new TreeMap<>(properties), "encoded", withNull);
    String open = "a\u00011\u0002b\u00012";
    String odd = "a\u0001\u0002noeq\u0002=\u0001x\u0002";
    out.misc("properties-decode", "encoded", open, "properties", decode(open), "encoded2", odd, "properties2", decode(odd));
  }

  private static Map<String, String> decode(String text) {
    return new TreeMap<>(MessageDecoder.string2messageProperties(text));
  }
}
