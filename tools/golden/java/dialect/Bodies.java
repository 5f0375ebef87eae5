import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.body.ClusterInfo;
import org.apache.rocketmq.remoting.protocol.body.ConsumerOffsetSerializeWrapper;
import org.apache.rocketmq.remoting.protocol.body.ConsumerRunningInfo;
import org.apache.rocketmq.remoting.protocol.body.GetConsumerStatusBody;
import org.apache.rocketmq.remoting.protocol.body.KVTable;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;
import org.apache.rocketmq.remoting.protocol.route.TopicRouteData;

/** Real body classes in the states that make the dialect show. */
final class Bodies {
  private Bodies() {}

  static void write(Lines lines) {
    lines.body("body-cluster-info-null-cluster", "106 after a registration without a cluster name", clusterInfo());
    lines.body("body-consumer-offset-shared", "43 after 314: the cloned group shares its table", offsets());
    lines.body("body-consumer-status-shared", "223: two clients share one table", consumerStatus());
    ConsumerRunningInfo info = new ConsumerRunningInfo();
    info.getProperties().put("PROP_CLIENT_VERSION", "V");
    info.setJstack("at a.b\n\tat c");
    lines.body("body-running-info", "307: what a client answers", info);
    TopicRouteData route = new TopicRouteData();
    route.setBrokerDatas(new ArrayList<>(Arrays.asList(broker("broker-a", 0L), broker("broker-b", Values.BEYOND_DOUBLE))));
    route.setQueueDatas(new ArrayList<>());
    lines.both("body-route", "105: broker ids as keys, one beyond 2^53", route);
    KVTable table = new KVTable();
    table.getTable().put("k\u4e2d", "v\ud83d\ude00\u000b\u0000");
    lines.both("body-kv-table", "the reply to 103, with characters to escape", table);
  }

  private static ClusterInfo clusterInfo() {
    HashMap<String, Set<String>> clusters = new HashMap<>();
    clusters.put(null, new HashSet<>(Collections.singleton("broker-a")));
    clusters.put("c1", new HashSet<>(Collections.singleton("broker-b")));
    HashMap<String, BrokerData> brokers = new HashMap<>();
    brokers.put("broker-a", broker("broker-a", 0L));
    ClusterInfo info = new ClusterInfo();
    info.setBrokerAddrTable(brokers);
    info.setClusterAddrTable(clusters);
    return info;
  }

  private static ConsumerOffsetSerializeWrapper offsets() {
    ConcurrentHashMap<Integer, Long> shared = new ConcurrentHashMap<>();
    shared.put(0, 7L);
    shared.put(1, Values.BEYOND_DOUBLE);
    ConsumerOffsetSerializeWrapper wrapper = new ConsumerOffsetSerializeWrapper();
    wrapper.getOffsetTable().put("T.a@G1", shared);
    wrapper.getOffsetTable().put("T.a@G2", shared);
    wrapper.getOffsetTable().put("%RETRY%G1@G1", new ConcurrentHashMap<>(Collections.singletonMap(0, 0L)));
    return wrapper;
  }

  private static GetConsumerStatusBody consumerStatus() {
    Map<MessageQueue, Long> shared = new LinkedHashMap<>();
    shared.put(Keys.queue(0), Values.BEYOND_DOUBLE);
    GetConsumerStatusBody status = new GetConsumerStatusBody();
    status.getConsumerTable().put("client-1", shared);
    status.getConsumerTable().put("client-2", shared);
    return status;
  }

  private static BrokerData broker(String name, long id) {
    BrokerData data = new BrokerData();
    data.setBrokerName(name);
    data.setBrokerAddrs(new HashMap<>(Collections.singletonMap(id, "127.0.0.1:10911")));
    return data;
  }
}
