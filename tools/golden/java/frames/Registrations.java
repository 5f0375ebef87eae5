import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.protocol.DataVersion;
import org.apache.rocketmq.remoting.protocol.body.RegisterBrokerBody;
import org.apache.rocketmq.remoting.protocol.body.TopicConfigSerializeWrapper;
import org.apache.rocketmq.remoting.protocol.header.namesrv.RegisterBrokerRequestHeader;

/** REGISTER_BROKER in every form that this generation's broker can send. */
final class Registrations {
  private Registrations() {}

  static void write(Out out) throws Exception {
    frame(out, "register-broker-uncompressed", false);
    if (Generation.COMPRESSES_REGISTRATIONS) frame(out, "register-broker-compressed", true);
  }

  private static void frame(Out out, String name, boolean compressed) throws Exception {
    byte[] body = Generation.encode(body(), compressed);
    RegisterBrokerRequestHeader header = new RegisterBrokerRequestHeader();
    header.setBrokerName("broker-a");
    header.setBrokerAddr("127.0.0.1:10911");
    header.setClusterName("DefaultCluster");
    header.setHaServerAddr("127.0.0.1:10912");
    header.setBrokerId(0L);
    Generation.describeBody(header, body, compressed);
    out.frame(name, Generation.REGISTRATION_NOTE, Commands.request(20, 103, header, command -> command.setBody(body)));
  }

  private static RegisterBrokerBody body() {
    RegisterBrokerBody body = Generation.registerBrokerBody();
    TopicConfigSerializeWrapper topics = body.getTopicConfigSerializeWrapper();
    topics.getTopicConfigTable().put("CatTopicA", new TopicConfig("CatTopicA", 8, 4, 6));
    topics.getTopicConfigTable().put("CatTopicB", new TopicConfig("CatTopicB", 8, 4, 6));
    topics.setDataVersion(dataVersion(77));
    body.setFilterServerList(new ArrayList<>(Collections.singletonList("127.0.0.1:3333")));
    return body;
  }

  static DataVersion dataVersion(long counter) {
    DataVersion version = new DataVersion();
    version.setCounter(new AtomicLong(counter));
    Generation.setTimestamp(version, 1700000000123L);
    return version;
  }
}
