import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;
import org.apache.rocketmq.remoting.protocol.body.RegisterBrokerBody;
import org.apache.rocketmq.store.MessageExtBrokerInner;

/** What only 4.9.7 spells this way: its store encoder is a hidden class of the commit log. */
final class Broker {
  private static final String NOTE =
      "made by the broker's MessageExtEncoder (before the commit log fills physicalOffset, queueOffset)";

  private Broker() {}

  static RegisterBrokerBody registerBrokerBody() {
    return new RegisterBrokerBody();
  }

  static void write(Out out) throws Exception {
    MessageExtBrokerInner fourth = message();
    out.record("store-encoder-v1-ipv4", NOTE, fourth, encode(fourth));
    MessageExtBrokerInner sixth = message();
    sixth.setBornHost(Records.address("2001:db8::1", 45678));
    sixth.setStoreHost(sixth.getBornHost());
    sixth.setSysFlag(MessageSysFlag.BORNHOST_V6_FLAG | MessageSysFlag.STOREHOSTADDRESS_V6_FLAG);
    out.record("store-encoder-v1-ipv6", NOTE, sixth, encode(sixth));
  }

  private static MessageExtBrokerInner message() throws Exception {
    MessageExtBrokerInner message = Records.fill(new MessageExtBrokerInner());
    message.setQueueOffset(0);
    message.setCommitLogOffset(0);
    message.setPropertiesString(MessageDecoder.messageProperties2String(message.getProperties()));
    return message;
  }

  private static byte[] encode(MessageExtBrokerInner message) throws Exception {
    Class<?> type = Class.forName("org.apache.rocketmq.store.CommitLog$MessageExtEncoder");
    Constructor<?> constructor = type.getDeclaredConstructor(int.class);
    constructor.setAccessible(true);
    Object encoder = constructor.newInstance(4 * 1024 * 1024);
    Method encode = type.getDeclaredMethod("encode", MessageExtBrokerInner.class);
    encode.setAccessible(true);
    Object refusal = encode.invoke(encoder, message);
    if (refusal != null) throw new IllegalStateException("Cannot encode a message: " + refusal);
    Method buffer = type.getDeclaredMethod("getEncoderBuffer");
    buffer.setAccessible(true);
    ByteBuffer bytes = (ByteBuffer) buffer.invoke(encoder);
    byte[] record = new byte[bytes.getInt(bytes.position())];
    bytes.get(record);
    return record;
  }
}
