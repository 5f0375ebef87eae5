import java.util.Map;
import java.util.Set;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.protocol.DataVersion;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.SerializeType;
import org.apache.rocketmq.remoting.protocol.body.RegisterBrokerBody;
import org.apache.rocketmq.remoting.protocol.header.namesrv.RegisterBrokerRequestHeader;

/** What 4.9.7 and 5.5.0 have in common. */
final class Generation {
  static final int VERSION = MQVersion.CURRENT_VERSION;
  static final String[] SERIALIZE_TYPES = {"JSON", "ROCKETMQ"};
  static final boolean COMPRESSES_REGISTRATIONS = true;
  static final String REGISTRATION_NOTE = "REGISTER_BROKER; bodyCrc32 = UtilAll.crc32(body as sent)";

  private Generation() {}

  static void serializeAs(RemotingCommand command, String type) {
    command.setSerializeTypeCurrentRPC(SerializeType.valueOf(type));
  }

  static RegisterBrokerBody registerBrokerBody() {
    return Broker.registerBrokerBody();
  }

  static byte[] encode(RegisterBrokerBody body, boolean compressed) {
    return body.encode(compressed);
  }

  static void describeBody(RegisterBrokerRequestHeader header, byte[] body, boolean compressed) {
    header.setCompressed(compressed);
    header.setBodyCrc32(Out.crc32(body));
  }

  static void setTimestamp(DataVersion version, long timestamp) {
    version.setTimestamp(timestamp);
  }

  static byte[] encode(MessageExt message, boolean compressed) throws Exception {
    return MessageDecoder.encode(message, compressed);
  }

  static Set<String> reservedProperties() {
    return MessageConst.STRING_HASH_SET;
  }

  static Map<String, CompressedBodies.Compressor> compressors() {
    return Compressors.all();
  }

  static void writeMore(Out out) throws Exception {
    LaterRecords.write(out);
    Batches.write(out);
    Acl.write(out);
    Broker.write(out);
  }
}
