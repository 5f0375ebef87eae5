import com.alibaba.fastjson.JSON;

/** The JSON library of this generation, as its own classes call it. */
final class Json {
  static final String LIBRARY = "fastjson " + JSON.VERSION;
  static final boolean BYTES_AS_BASE64 = true;

  private Json() {}

  static Object parse(String text) {
    return JSON.parse(text);
  }

  /** What a name server answers to a route query with acceptStandardJsonOnly; null where there is no such thing. */
  static byte[] encodeStandard(Object value) {
    return null;
  }
}
