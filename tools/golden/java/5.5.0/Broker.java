import java.nio.ByteBuffer;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.common.message.MessageVersion;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;
import org.apache.rocketmq.remoting.protocol.body.RegisterBrokerBody;
import org.apache.rocketmq.remoting.protocol.body.TopicConfigAndMappingSerializeWrapper;
import org.apache.rocketmq.store.MessageExtEncoder;
import org.apache.rocketmq.store.config.MessageStoreConfig;

/** What only 5.5.0 has: static topics in a registration, a second version of stored messages. */
final class Broker {
  private static final String NOTE =
      "made by the broker's MessageExtEncoder (before the commit log fills physicalOffset, queueOffset); ";

  private Broker() {}

  static RegisterBrokerBody registerBrokerBody() {
    TopicConfigAndMappingSerializeWrapper topics = new TopicConfigAndMappingSerializeWrapper();
    topics.setMappingDataVersion(Registrations.dataVersion(0));
    RegisterBrokerBody body = new RegisterBrokerBody();
    body.setTopicConfigSerializeWrapper(topics);
    return body;
  }

  static void write(Out out) throws Exception {
    InnerBatches.write(out);
    for (MessageVersion version : MessageVersion.values()) {
      String name = "store-encoder-" + version.name().replaceAll(".*_", "").toLowerCase();
      MessageExtBrokerInner fourth = message(version);
      out.record(name + "-ipv4", NOTE + version, fourth, encode(fourth));
      MessageExtBrokerInner sixth = message(version);
      sixth.setBornHost(Records.address("2001:db8::1", 45678));
      sixth.setStoreHost(sixth.getBornHost());
      sixth.setSysFlag(MessageSysFlag.BORNHOST_V6_FLAG | MessageSysFlag.STOREHOSTADDRESS_V6_FLAG);
      out.record(name + "-ipv6", NOTE + version, sixth, encode(sixth));
    }
  }

  /** The second version exists for topics longer than 127 bytes. */
  private static MessageExtBrokerInner message(MessageVersion version) throws Exception {
    MessageExtBrokerInner message = Records.fill(new MessageExtBrokerInner());
    if (version == MessageVersion.MESSAGE_VERSION_V2) message.setTopic("CatTopic" + Values.repeat("x", 140));
    message.setVersion(version);
    message.setCommitLogOffset(0);
    message.setPropertiesString(MessageDecoder.messageProperties2String(message.getProperties()));
    return message;
  }

  private static byte[] encode(MessageExtBrokerInner message) {
    MessageExtEncoder encoder = new MessageExtEncoder(4 * 1024 * 1024, new MessageStoreConfig());
    Object refusal = encoder.encode(message);
    if (refusal != null) throw new IllegalStateException("Cannot encode a message: " + refusal);
    ByteBuffer bytes = encoder.getEncoderBuffer();
    byte[] record = new byte[bytes.getInt(bytes.position())];
    bytes.get(record);
    return record;
  }
}
