import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageExt;

/** Messages in the form of the commit log. */
final class Records {
  private Records() {}

  static void write(Out out) throws Exception {
    plain(out, "stored-v1-ipv4", "plain, IPv4 hosts", fill(new MessageExt()));
    MessageExt empty = fill(new MessageExt());
    empty.setTopic("T");
    setBody(empty, new byte[0]);
    MessageAccessor.setProperties(empty, new HashMap<>());
    plain(out, "stored-empty-body-no-props", "empty body, no properties", empty);
    MessageExt half = fill(new MessageExt());
    half.setSysFlag(4);
    half.putUserProperty("TRAN_MSG_X", "1");
    plain(out, "stored-half", "sysFlag 4 (prepared)", half);
    MessageExt emoji = fill(new MessageExt());
    setBody(emoji, Values.utf8("\ud83d\udc31 \u732b"));
    Map<String, String> properties = new HashMap<>();
    properties.put("KEYS", "\u8ba2\u5355 \ud83d\ude00");
    properties.put("\ud83d\udc31", "a=b; {\"c\": 1}\n");
    properties.put("UNIQ_KEY", "7F0000010A2B18B4AAC21234567800FF");
    properties.put("DELAY", "3");
    MessageAccessor.setProperties(emoji, properties);
    plain(out, "stored-emoji", "characters beyond the basic plane, system properties", emoji);
    MessageExt far = fill(new MessageExt());
    far.setQueueOffset(Values.BEYOND_DOUBLE);
    far.setCommitLogOffset(Long.MAX_VALUE);
    plain(out, "stored-big-offsets", "offsets above 2^53", far);
  }

  static void plain(Out out, String name, String note, MessageExt message) throws Exception {
    out.record(name, note, message, Generation.encode(message, false));
  }

  static <M extends MessageExt> M fill(M message) throws UnknownHostException {
    message.setTopic("CatTopicA");
    message.setQueueId(3);
    message.setFlag(7);
    message.setQueueOffset(42);
    message.setCommitLogOffset(123456789012L);
    message.setBornTimestamp(1700000000123L);
    message.setBornHost(address("10.0.0.1", 45678));
    message.setStoreTimestamp(1700000000456L);
    message.setStoreHost(address("127.0.0.1", 10911));
    message.setReconsumeTimes(2);
    message.setPreparedTransactionOffset(5);
    setBody(message, Values.utf8("hello \u4e16\u754c"));
    Map<String, String> properties = new HashMap<>();
    properties.put("KEYS", "k1 k2");
    properties.put("TAGS", "TagA");
    properties.put("uk", "v\u503c");
    MessageAccessor.setProperties(message, properties);
    return message;
  }

  static InetSocketAddress address(String host, int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  private static void setBody(MessageExt message, byte[] body) {
    message.setBody(body);
    message.setBodyCRC(Out.crc32(body));
  }
}
