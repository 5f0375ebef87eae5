import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter.Feature;
import java.nio.charset.StandardCharsets;

/** The JSON library of this generation, as its own classes call it. */
final class Json {
  static final String LIBRARY = "fastjson2 " + JSON.VERSION;
  static final boolean BYTES_AS_BASE64 = false;

  private Json() {}

  static Object parse(String text) {
    return JSON.parse(text);
  }

  /** What a name server answers to a route query with acceptStandardJsonOnly; null where there is no such thing. */
  static byte[] encodeStandard(Object value) {
    return JSON.toJSONBytes(value, StandardCharsets.UTF_8, Feature.BrowserCompatible, Feature.MapSortField);
  }
}
