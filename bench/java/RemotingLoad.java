import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.remoting.InvokeCallback;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyRemotingClient;
import org.apache.rocketmq.remoting.netty.ResponseFuture;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.header.namesrv.GetRouteInfoRequestHeader;
import org.apache.rocketmq.remoting.protocol.route.TopicRouteData;

/**
 * The Java client over one connection, body decoded: `RemotingLoad sync|async host:port topic`. Prints `ready` after
 * its first answer, then one line of JSON for each line `concurrency millis` of its input.
 */
public class RemotingLoad {
  static final int GET_ROUTEINFO_BY_TOPIC = 105;
  static final long TIMEOUT_MILLIS = 10_000;

  static NettyRemotingClient client;
  static String address;
  static String topic;

  public static void main(String[] args) throws Exception {
    boolean sync = args[0].equals("sync");
    address = args[1];
    topic = args[2];
    // What a client of this release says of itself; the server's answer depends on it.
    System.setProperty(RemotingCommand.REMOTING_VERSION_KEY, "513");
    client = new NettyRemotingClient(new NettyClientConfig());
    client.start();
    check(client.invokeSync(address, request(), TIMEOUT_MILLIS));
    System.out.println("ready");
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ");
      Stretch stretch = new Stretch(Integer.parseInt(words[0]), Long.parseLong(words[1]));
      System.out.println(sync ? sync(stretch) : async(stretch));
    }
    System.exit(0);
  }

  static RemotingCommand request() {
    GetRouteInfoRequestHeader header = new GetRouteInfoRequestHeader();
    header.setTopic(topic);
    return RemotingCommand.createRequestCommand(GET_ROUTEINFO_BY_TOPIC, header);
  }

  /** Decodes the body as the client library does, and fails for an answer without a route. */
  static void check(RemotingCommand answer) {
    TopicRouteData route = TopicRouteData.decode(answer.getBody(), TopicRouteData.class);
    if (route.getBrokerDatas().isEmpty()) throw new IllegalStateException("no brokers");
  }

  static String sync(Stretch stretch) throws Exception {
    CountDownLatch ready = new CountDownLatch(stretch.concurrency);
    CountDownLatch go = new CountDownLatch(1);
    for (int lane = 0; lane < stretch.concurrency; lane++) {
      Thread thread = new Thread(() -> {
        try {
          ready.countDown();
          go.await();
          long beganAt;
          do {
            beganAt = System.nanoTime();
            check(client.invokeSync(address, request(), TIMEOUT_MILLIS));
          } while (stretch.lap(beganAt));
        } catch (Exception e) {
          fail(e);
        }
      });
      thread.start();
    }
    ready.await();
    stretch.start();
    go.countDown();
    return stretch.result();
  }

  static String async(Stretch stretch) throws Exception {
    stretch.start();
    for (int lane = 0; lane < stretch.concurrency; lane++) ask(stretch);
    return stretch.result();
  }

  static void ask(Stretch stretch) {
    long beganAt = System.nanoTime();
    try {
      client.invokeAsync(address, request(), TIMEOUT_MILLIS, new InvokeCallback() {
        @Override public void operationComplete(ResponseFuture future) {}

        @Override public void operationSucceed(RemotingCommand answer) {
          check(answer);
          if (stretch.lap(beganAt)) ask(stretch);
        }

        @Override public void operationFail(Throwable e) {
          fail(e);
        }
      });
    } catch (Exception e) {
      fail(e);
    }
  }

  static void fail(Throwable e) {
    e.printStackTrace();
    Runtime.getRuntime().halt(1);
  }

  /** A stretch of load and what it came to; the buckets are those of load/histogram.ts. */
  static class Stretch {
    final int concurrency;
    final long millis;
    final AtomicIntegerArray counts = new AtomicIntegerArray(27 * 64);
    final AtomicLong calls = new AtomicLong();
    final CountDownLatch lanes;
    volatile long startedAt;

    Stretch(int concurrency, long millis) {
      this.concurrency = concurrency;
      this.millis = millis;
      lanes = new CountDownLatch(concurrency);
    }

    void start() {
      startedAt = System.nanoTime();
    }

    /** Counts a call; whether another one is to follow. */
    boolean lap(long beganAt) {
      long now = System.nanoTime();
      int units = (int) Math.min((now - beganAt) * 16 / 1000, Integer.MAX_VALUE);
      int power = Math.max(0, 31 - Integer.numberOfLeadingZeros(units) - 6);
      counts.incrementAndGet(power * 64 + (units >>> power));
      calls.incrementAndGet();
      if (now - startedAt < millis * 1_000_000) return true;
      lanes.countDown();
      return false;
    }

    String result() throws InterruptedException {
      lanes.await();
      double elapsedMillis = (System.nanoTime() - startedAt) / 1e6;
      return String.format(java.util.Locale.ROOT,
          "{\"calls\":%d,\"elapsedMillis\":%.3f,\"p50Micros\":%.3f,\"p99Micros\":%.3f}",
          calls.get(), elapsedMillis, quantile(0.5), quantile(0.99));
    }

    double quantile(double part) {
      long left = Math.max(1, (long) Math.ceil(part * calls.get()));
      int bucket = -1;
      while (left > 0) left -= counts.get(++bucket);
      int power = Math.max(0, (bucket >>> 6) - 1);
      return ((bucket - power * 64 + 0.5) * (1L << power) - 0.5) / 16;
    }
  }
}
