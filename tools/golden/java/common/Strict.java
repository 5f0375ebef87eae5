import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes any Java value as strict ASCII JSON: no library of the broker's, so that its dialect cannot leak in.
 * A map whose keys are objects, or differ only in type, becomes an array of {key, value}.
 */
final class Strict {
  private Strict() {}

  /** Builds an ordered object from alternating keys and values; null values are left out. */
  static Map<String, Object> of(Object... pairs) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i + 1] != null) object.put((String) pairs[i], pairs[i + 1]);
    }
    return object;
  }

  static String write(Object value) {
    StringBuilder out = new StringBuilder();
    any(out, value);
    return out.toString();
  }

  private static void any(StringBuilder out, Object value) {
    if (value == null) out.append("null");
    else if (value instanceof Map) map(out, (Map<?, ?>) value);
    else if (value instanceof Collection) list(out, (Collection<?>) value);
    else if (value.getClass().isArray()) list(out, elements(value));
    else if (value instanceof Number) number(out, (Number) value);
    else if (value instanceof Boolean) out.append(value);
    else if (isText(value)) text(out, value.toString());
    else map(out, properties(value));
  }

  private static void number(StringBuilder out, Number value) {
    double asDouble = value.doubleValue();
    if (Double.isNaN(asDouble) || Double.isInfinite(asDouble)) out.append("null");
    else out.append(value);
  }

  private static void map(StringBuilder out, Map<?, ?> map) {
    long distinct = map.keySet().stream().map(String::valueOf).distinct().count();
    if (distinct < map.size() || !map.keySet().stream().allMatch(Strict::plainKey)) {
      List<Object> entries = new ArrayList<>();
      map.forEach((key, value) -> {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("key", key);
        entry.put("value", value);
        entries.add(entry);
      });
      list(out, entries);
      return;
    }
    String before = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(before);
      text(out, String.valueOf(entry.getKey()));
      out.append(':');
      any(out, entry.getValue());
      before = ",";
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private static boolean plainKey(Object key) {
    return key == null || key instanceof Number || key instanceof Boolean || isText(key);
  }

  private static boolean isText(Object value) {
    return value instanceof CharSequence || value instanceof Character || value instanceof Enum;
  }

  private static void list(StringBuilder out, Collection<?> list) {
    String before = "[";
    for (Object value : list) {
      out.append(before);
      any(out, value);
      before = ",";
    }
    out.append(list.isEmpty() ? "[]" : "]");
  }

  private static List<Object> elements(Object array) {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) list.add(Array.get(array, i));
    return list;
  }

  private static void text(StringBuilder out, String text) {
    out.append('"');
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c >= 0x20 && c < 0x7f) out.append(c);
      else out.append(String.format("\\u%04x", (int) c));
    }
    out.append('"');
  }

  /** The getters of a bean by name, nulls left out, as every generation's JSON library sees it. */
  private static Map<String, Object> properties(Object bean) {
    List<Method> getters = new ArrayList<>();
    for (Method method : bean.getClass().getMethods()) {
      boolean getter = method.getName().matches("get[A-Z].*") || method.getName().matches("is[A-Z].*");
      if (getter && method.getParameterCount() == 0 && !method.getName().equals("getClass")) getters.add(method);
    }
    getters.sort(Comparator.comparing(Strict::propertyName));
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Method getter : getters) {
      try {
        Object value = getter.invoke(bean);
        if (value != null) properties.put(propertyName(getter), value);
      } catch (ReflectiveOperationException cause) {
        throw new IllegalStateException("Cannot read " + getter, cause);
      }
    }
    return properties;
  }

  private static String propertyName(Method getter) {
    String name = getter.getName().replaceFirst("^(get|is)", "");
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
