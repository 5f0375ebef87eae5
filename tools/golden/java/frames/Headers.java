import org.apache.rocketmq.remoting.protocol.header.PullMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeaderV2;
import org.apache.rocketmq.remoting.protocol.header.UpdateConsumerOffsetRequestHeader;

/** Filled request headers of the broker's most used requests. */
final class Headers {
  private static final long BORN = 1700000000123L;
  static final String PROPERTIES = "KEYS\u0001k1 k2\u0002TAGS\u0001TagA\u0002uk\u0001v\u503c\u0002";

  private Headers() {}

  static SendMessageRequestHeader sendMessage() {
    SendMessageRequestHeader header = new SendMessageRequestHeader();
    header.setProducerGroup("CatGroupProd");
    header.setTopic("CatTopicA");
    header.setDefaultTopic("TBW102");
    header.setDefaultTopicQueueNums(4);
    header.setQueueId(1);
    header.setSysFlag(0);
    header.setBornTimestamp(BORN);
    header.setFlag(7);
    header.setProperties(PROPERTIES);
    header.setReconsumeTimes(0);
    header.setUnitMode(false);
    return header;
  }

  /** The same with its one-letter names. */
  static SendMessageRequestHeaderV2 sendMessageV2(String properties) {
    SendMessageRequestHeaderV2 header = new SendMessageRequestHeaderV2();
    header.setA("CatGroupProd");
    header.setB("CatTopicA");
    header.setC("TBW102");
    header.setD(4);
    header.setE(1);
    header.setF(0);
    header.setG(BORN);
    header.setH(7);
    header.setI(properties);
    header.setJ(0);
    header.setK(false);
    return header;
  }

  static PullMessageRequestHeader pull() {
    PullMessageRequestHeader header = new PullMessageRequestHeader();
    header.setConsumerGroup("CatGroupA");
    header.setTopic("CatTopicA");
    header.setQueueId(1);
    header.setQueueOffset(Values.BEYOND_DOUBLE);
    header.setMaxMsgNums(32);
    header.setSysFlag(6);
    header.setCommitOffset(0L);
    header.setSuspendTimeoutMillis(15000L);
    header.setSubscription("TagA || TagB");
    header.setSubVersion(BORN);
    return header;
  }

  static UpdateConsumerOffsetRequestHeader updateOffset() {
    UpdateConsumerOffsetRequestHeader header = new UpdateConsumerOffsetRequestHeader();
    header.setConsumerGroup("CatGroupA");
    header.setTopic("CatTopicA");
    header.setQueueId(1);
    header.setCommitOffset(100L);
    return header;
  }
}
