import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.common.message.MessageQueue;

/** Map keys of every type, and what becomes of nulls. */
final class Keys {
  private Keys() {}

  static void write(Lines lines) {
    lines.both("key-null", "a null key", Values.object(null, 1));
    lines.both("key-integer", "Integer keys", Values.object(0, "a", -1, "b", 2147483647, "c"));
    lines.both("key-long", "Long keys, two beyond 2^53",
        Values.object(7L, "a", Values.BEYOND_DOUBLE, "b", Long.MIN_VALUE, "c"));
    lines.both("key-boolean", "Boolean keys", Values.object(true, 1, false, 2));
    lines.both("key-double", "a Double key", Values.object(1.5, 1));
    lines.both("key-enum", "an enum key", Values.object(TimeUnit.SECONDS, 1));
    lines.both("key-character", "a Character key", Values.object('c', 1));
    lines.both("key-bean", "a MessageQueue as key", Values.object(queue(0), 1L));
    lines.both("key-bean-twice", "two MessageQueue keys", Values.object(queue(0), 1L, queue(1), 2L));
    lines.both("key-list", "a list as key", Values.object(Arrays.asList(1, "a"), 1));
    lines.both("key-map", "a map as key", Values.object(Values.object("a", 1), 1));
    lines.both("key-empty", "an empty text key", Values.object("", 1));
    lines.both("key-mixed", "keys of several types", Values.object("a", 1, 0, 2, queue(0), 3));
    lines.both("ambiguous-key-integer-and-text", "0 and \"0\" in one map", Values.object(0, 1, "0", 2));
    lines.both("ambiguous-key-null-and-text", "null and \"null\" in one map", Values.object(null, 1, "null", 2));
    lines.both("key-offset-table", "keys as offset tables have them",
        Values.object("%RETRY%G@G", Values.object(0, 1L), "T@G", Values.object(0, 2L)));
    lines.both("value-null", "null values: left out of a map, kept in a list",
        Values.object("a", null, "b", Arrays.asList(1, null)), Values.object("b", Arrays.asList(1, null)));
    lines.both("value-empty", "empty containers", Values.object("a", Values.object(), "b", Values.list(), "c", ""));
  }

  static MessageQueue queue(int id) {
    return new MessageQueue("T", "broker-a", id);
  }
}
