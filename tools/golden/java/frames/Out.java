import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.rocketmq.common.UtilAll;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** Encodes a sample, decodes it again with the same generation, and prints both as one line of JSON. */
final class Out {
  private final String generation;

  Out(String generation) {
    this.generation = generation;
  }

  /** One frame for each header form of this generation. The supplier is asked anew: encoding changes a command. */
  void frame(String name, String note, Supplier<RemotingCommand> maker) throws Exception {
    for (String type : Generation.SERIALIZE_TYPES) {
      RemotingCommand command = maker.get();
      Generation.serializeAs(command, type);
      byte[] frame = bytesOf(command.encode());
      Map<String, Object> line = head("frame", name + "-" + type.toLowerCase());
      line.put("serializeType", type);
      line.put("note", note);
      line.put("hex", Values.hex(frame));
      line.put("command", describe(command));
      RemotingCommand read = RemotingCommand.decode(Arrays.copyOfRange(frame, 4, frame.length));
      Map<String, Object> decoded = describe(read);
      decoded.put("bodyIsNull", read.getBody() == null);
      line.put("decodedByJava", decoded);
      putBody(line, command.getBody());
      print(line);
    }
  }

  /** A message as it lies in the commit log and comes back in the body of a pull. */
  void record(String name, String note, MessageExt message, byte[] record) throws Exception {
    Map<String, Object> line = head("storedMessage", name);
    line.put("note", note);
    line.put("hex", Values.hex(record));
    line.put("message", describe(message));
    line.put("decodedByJava", describe(MessageDecoder.decode(ByteBuffer.wrap(record), true, true)));
    print(line);
  }

  void misc(String name, Object... pairs) {
    Map<String, Object> line = head("misc", name);
    for (int i = 0; i < pairs.length; i += 2) line.put((String) pairs[i], pairs[i + 1]);
    print(line);
  }

  static int crc32(byte[] bytes) {
    return UtilAll.crc32(bytes);
  }

  private static Map<String, Object> describe(RemotingCommand command) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", command.getCode());
    fields.put("language", command.getLanguage());
    fields.put("version", command.getVersion());
    fields.put("opaque", command.getOpaque());
    fields.put("flag", command.getFlag());
    fields.put("remark", command.getRemark());
    fields.put("extFields", command.getExtFields() == null ? null : new TreeMap<>(command.getExtFields()));
    return fields;
  }

  static Map<String, Object> describe(MessageExt message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("topic", message.getTopic());
    fields.put("queueId", message.getQueueId());
    fields.put("flag", message.getFlag());
    fields.put("queueOffset", String.valueOf(message.getQueueOffset()));
    fields.put("physicalOffset", String.valueOf(message.getCommitLogOffset()));
    fields.put("sysFlag", message.getSysFlag());
    fields.put("bornTimestamp", message.getBornTimestamp());
    fields.put("bornHost", String.valueOf(message.getBornHost()));
    fields.put("storeTimestamp", message.getStoreTimestamp());
    fields.put("storeHost", String.valueOf(message.getStoreHost()));
    fields.put("reconsumeTimes", message.getReconsumeTimes());
    fields.put("preparedTransactionOffset", String.valueOf(message.getPreparedTransactionOffset()));
    fields.put("bodyCRC", message.getBodyCRC());
    fields.put("storeSize", message.getStoreSize());
    fields.put("msgId", message.getMsgId());
    fields.put("properties", message.getProperties() == null ? null : new TreeMap<>(message.getProperties()));
    fields.put("bodyHex", message.getBody() == null ? null : Values.hex(message.getBody()));
    return fields;
  }

  private static void putBody(Map<String, Object> line, byte[] body) {
    String text = body == null ? null : textOf(body);
    if (text == null) line.put("bodyHex", body == null ? null : Values.hex(body));
    else line.put("bodyText", text);
  }

  private static String textOf(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      return null;
    }
  }

  private static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private Map<String, Object> head(String kind, String name) {
    return Strict.of("kind", kind, "id", name + "-" + generation, "version", generation);
  }

  private static void print(Map<String, Object> line) {
    Stdout.print(Strict.write(line));
  }
}
