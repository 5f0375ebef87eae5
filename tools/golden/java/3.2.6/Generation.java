import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.common.UtilAll;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.protocol.DataVersion;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.body.RegisterBrokerBody;
import org.apache.rocketmq.remoting.protocol.header.namesrv.RegisterBrokerRequestHeader;

/** What 3.2.6 spells differently: JSON headers only, no compressed registration, no checksum of it. */
final class Generation {
  static final int VERSION = MQVersion.CurrentVersion;
  static final String[] SERIALIZE_TYPES = {"JSON"};
  static final boolean COMPRESSES_REGISTRATIONS = false;
  static final String REGISTRATION_NOTE = "REGISTER_BROKER as the 3.2.6 broker sends it (no bodyCrc32, no compressed)";

  private Generation() {}

  static void serializeAs(RemotingCommand command, String type) {}

  static RegisterBrokerBody registerBrokerBody() {
    return new RegisterBrokerBody();
  }

  static byte[] encode(RegisterBrokerBody body, boolean compressed) {
    return body.encode();
  }

  static void describeBody(RegisterBrokerRequestHeader header, byte[] body, boolean compressed) {}

  static void setTimestamp(DataVersion version, long timestamp) {
    version.setTimestatmp(timestamp);
  }

  /** Its encoder writes the store size that the message says it has; the first run tells how long that is. */
  static byte[] encode(MessageExt message, boolean compressed) throws Exception {
    message.setStoreSize(MessageDecoder.encode(message).length);
    return MessageDecoder.encode(message);
  }

  static Set<String> reservedProperties() {
    return MessageConst.systemKeySet;
  }

  static Map<String, CompressedBodies.Compressor> compressors() {
    return Collections.singletonMap("zlib", plain -> UtilAll.compress(plain, 5));
  }

  /** Its encoder takes the length of the plain body for that of the compressed one, so there is no such record. */
  static void writeMore(Out out) {}
}
