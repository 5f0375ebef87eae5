import org.apache.rocketmq.remoting.protocol.body.ConsumerOffsetSerializeWrapper;
import org.apache.rocketmq.remoting.protocol.body.GetConsumerStatusBody;
import org.apache.rocketmq.remoting.protocol.body.KVTable;
import org.apache.rocketmq.remoting.protocol.body.ResetOffsetBody;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;

/** Request bodies as a client may write them, read by the real decoder of a server. */
final class Reading {
  private static final String QUEUE = "{\"brokerName\":\"b\",\"queueId\":3,\"topic\":\"T\"}";

  private Reading() {}

  static void read(Lines lines) {
    objectKeys(lines);
    numberKeys(lines);
    textKeys(lines);
    syntax(lines);
    text(lines);
    longs(lines);
    references(lines);
  }

  private static void objectKeys(Lines lines) {
    String quoted = Strict.write(QUEUE);
    offsets(lines, "bare", QUEUE + ":5");
    offsets(lines, "quoted", quoted + ":5");
    offsets(lines, "two", QUEUE + ":5," + QUEUE.replace("3", "4") + ":9007199254740993");
    offsets(lines, "spaced", " " + QUEUE + " : 5 ");
    offsets(lines, "unquoted-fields", "{brokerName:\"b\",queueId:3,topic:\"T\"}:5");
    offsets(lines, "quoted-numbers", QUEUE.replace("3", "\"3\"") + ":\"5\"");
    offsets(lines, "empty", "");
    lines.decode("object-key-entries", ResetOffsetBody.class, "{\"offsetTable\":[{\"key\":" + QUEUE + ",\"value\":5}]}");
  }

  private static void offsets(Lines lines, String id, String entries) {
    lines.decode("object-key-" + id, ResetOffsetBody.class, "{\"offsetTable\":{" + entries + "}}");
  }

  private static void numberKeys(Lines lines) {
    String[][] keys = {{"bare", "0"}, {"quoted", "\"0\""}, {"single-quoted", "'0'"}, {"negative", "-1"},
        {"long", "9007199254740993"}, {"long-quoted", "\"9007199254740993\""}, {"spaced", " 0 "}, {"null", "null"},
        {"null-quoted", "\"null\""}, {"letter", "\"x\""}, {"empty", "\"\""}};
    for (String[] key : keys) {
      lines.decode("long-key-" + key[0], BrokerData.class,
          "{\"brokerAddrs\":{" + key[1] + ":\"a\"},\"brokerName\":\"b\"}");
      lines.decode("integer-key-" + key[0], ConsumerOffsetSerializeWrapper.class,
          "{\"offsetTable\":{\"T@G\":{" + key[1] + ":5}}}");
    }
    lines.decode("long-key-both-forms", BrokerData.class, "{\"brokerAddrs\":{0:\"a\",\"1\":\"b\"},\"brokerName\":\"b\"}");
  }

  private static void textKeys(Lines lines) {
    table(lines, "text-key-null", "{null:\"a\"}");
    table(lines, "text-key-null-quoted", "{\"null\":\"a\"}");
    table(lines, "text-key-unquoted", "{k:\"a\"}");
    table(lines, "text-key-number", "{0:\"a\"}");
    table(lines, "text-key-single-quoted", "{'k':'a'}");
    table(lines, "text-key-duplicate", "{\"k\":\"a\",\"k\":\"b\"}");
    table(lines, "text-value-other-types", "{\"k\":5,\"l\":true,\"m\":null,\"n\":1.50}");
  }

  private static void syntax(Lines lines) {
    table(lines, "trailing-comma", "{\"k\":\"a\",},");
    table(lines, "doubled-comma", "{\"k\":\"a\",,\"l\":\"b\"}");
    String body = "{\"table\":{\"k\":\"a\"}}";
    String[][] bodies = {{"comment", "/* c */" + body},
        {"unknown-field", "{\"other\":{\"x\":[1]}," + body.substring(1)},
        {"field-unquoted", body.replace("\"table\"", "table")}, {"field-case", body.replace("table", "Table")},
        {"trailing-text", body + " x"}, {"trailing-brace", body + "}"}, {"trailing-space", body + " \n"},
        {"byte-order-mark", "\ufeff" + body}, {"null", "null"}, {"empty", ""}, {"array", "[]"}, {"cut", body.substring(0, 12)}};
    for (String[] each : bodies) lines.decode("body-" + each[0], KVTable.class, each[1]);
  }

  private static void text(Lines lines) {
    String[][] escapes = {{"v", "\\v"}, {"0", "\\0"}, {"1", "\\1"}, {"7", "\\7"}, {"x", "\\x41"}, {"u", "\\u0041"},
        {"single-quote", "\\'"}, {"slash", "\\/"}, {"b", "\\b"}, {"f", "\\f"}, {"F", "\\F"}, {"a", "\\a"}, {"star", "\\*"},
        {"u-lone", "\\ud83d"}, {"u-pair", "\\ud83d\\ude00"}, {"u-upper", "\\u4E2D"}, {"u-short", "\\u41"}};
    for (String[] escape : escapes) table(lines, "escape-" + escape[0], "{\"k\":\"a" + escape[1] + "b\"}");
    for (char c : new char[] {0, 1, 9, 10, 11, 26, 31, 127, 0x2028}) {
      table(lines, String.format("raw-%02x", (int) c), "{\"k\":\"a" + c + "b\"}");
    }
  }

  private static void table(Lines lines, String id, String table) {
    lines.decode(id, KVTable.class, "{\"table\":" + table + "}");
  }

  private static void longs(Lines lines) {
    String[][] numbers = {{"max", "9223372036854775807"}, {"min", "-9223372036854775808"},
        {"max-quoted", "\"9223372036854775807\""}, {"too-big", "9223372036854775808"}, {"one-dot-zero", "1.0"},
        {"one-and-a-half", "1.5"}, {"exponent", "1e3"}, {"plus", "+1"},
        {"leading-zero", "01"}, {"hex", "0x10"}, {"nan", "NaN"}, {"null", "null"}, {"true", "true"}, {"empty-text", "\"\""},
        {"null-text", "\"null\""}, {"suffix", "1L"}, {"half", ".5"}, {"five-dot", "5."}, {"minus", "-"}};
    for (String[] number : numbers) {
      lines.decode("long-" + number[0], GetConsumerStatusBody.class,
          "{\"messageQueueTable\":{" + QUEUE + ":" + number[1] + "}}");
    }
  }

  private static void references(Lines lines) {
    String table = "{" + QUEUE + ":5}";
    lines.decode("ref-key", GetConsumerStatusBody.class,
        "{\"consumerTable\":{\"c1\":" + table + ",\"c2\":{\"$ref\":\"$.consumerTable.c1\"}}}");
    lines.decode("ref-field", GetConsumerStatusBody.class,
        "{\"messageQueueTable\":" + table + ",\"consumerTable\":{\"c\":{\"$ref\":\"$.messageQueueTable\"}}}");
    lines.decode("ref-forward", GetConsumerStatusBody.class,
        "{\"consumerTable\":{\"c\":{\"$ref\":\"$.messageQueueTable\"}},\"messageQueueTable\":" + table + "}");
    lines.decode("ref-nowhere", GetConsumerStatusBody.class, "{\"consumerTable\":{\"c\":{\"$ref\":\"$.nowhere\"}}}");
  }
}
