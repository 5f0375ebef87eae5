import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;

/** Runs one sample through the real encoder or decoder and prints what came out as one line of JSON. */
final class Lines {
  private final String generation;

  Lines(String generation) {
    this.generation = generation;
  }

  private interface Encoder {
    byte[] encode(Object value);
  }

  /** A sample for the form of every body and, where the generation has it, the strict form of route answers. */
  void both(String id, String note, Object value) {
    both(id, note, value, value);
  }

  void both(String id, String note, Object value, Object meaning) {
    body(id, note, value, meaning);
    write("standard", id, note, Json::encodeStandard, value, Strict.write(meaning), null);
  }

  void body(String id, String note, Object value) {
    body(id, note, value, value);
  }

  void body(String id, String note, Object value, Object meaning) {
    write("body", id, note, RemotingSerializable::encode, value, Strict.write(meaning), null);
  }

  /** A cycle has no strict JSON: the drawing names an object in angle brackets where it begins and where it recurs. */
  void cycle(String id, String note, Object value, String drawing) {
    write("body", id, note, RemotingSerializable::encode, value, null, drawing);
  }

  void decode(String id, Class<?> type, String text) {
    Map<String, Object> line = head("decode", "decode-" + id, null);
    line.put("class", type.getName());
    line.put("text", text);
    try {
      line.put("value", RemotingSerializable.decode(Values.utf8(text), type));
    } catch (Throwable cause) {
      line.put("error", firstLine(cause));
    }
    Stdout.print(Strict.write(line));
  }

  private void write(String mode, String id, String note, Encoder encoder, Object value, String meaning, String drawing) {
    Map<String, Object> line = head(mode, id, note);
    String readBack = null;
    try {
      byte[] bytes = encoder.encode(value);
      if (bytes == null) return;
      line.put("text", strictUtf8(bytes));
      if (meaning != null) readBack = readBack(strictUtf8(bytes));
    } catch (Throwable cause) {
      line.put("error", firstLine(cause));
    }
    if (drawing != null) line.put("cycle", drawing);
    String written = Strict.write(line);
    written = written.substring(0, written.length() - 1);
    if (meaning != null) written += ",\"value\":" + meaning;
    if (readBack != null) written += ",\"readBack\":" + readBack;
    Stdout.print(written + "}");
  }

  private static String readBack(String text) {
    try {
      return Strict.write(Json.parse(text));
    } catch (Throwable cause) {
      return Strict.write(Strict.of("error", firstLine(cause)));
    }
  }

  private Map<String, Object> head(String mode, String id, String note) {
    return Strict.of("generation", generation, "library", Json.LIBRARY, "mode", mode, "id", id, "note", note);
  }

  private static String firstLine(Throwable cause) {
    return String.valueOf(cause).split("\n")[0];
  }

  private static String strictUtf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
