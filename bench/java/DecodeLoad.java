import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.route.TopicRouteData;

/**
 * Java's decoders over the cases of a file: `DecodeLoad cases.txt`, one case a line: `name kind hex...`. Prints `ready`,
 * then for each line `millis` of its input a line of JSON with the nanoseconds a decode of each case.
 */
public class DecodeLoad {
  /** What decoders gave, summed up so that none of their work can be left out. */
  static long sum = 0;

  public static void main(String[] args) throws Exception {
    List<String> cases = Files.readAllLines(Path.of(args[0]));
    PrintStream out = System.out;
    // Old releases talk to standard output.
    System.setOut(System.err);
    out.println("ready");
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      StringJoiner nanos = new StringJoiner(",", "{", "}");
      for (String each : cases) {
        String[] words = each.split(" ");
        nanos.add(String.format(java.util.Locale.ROOT, "\"%s\":%.2f", words[0], nanosEach(words, Long.parseLong(line))));
      }
      out.println(sum == 42 ? "{}" : nanos);
    }
  }

  static double nanosEach(String[] words, long millis) throws Exception {
    List<byte[]> samples = new ArrayList<>();
    for (int at = 2; at < words.length; at++) samples.add(HexFormat.of().parseHex(words[at]));
    return words[1].equals("frame") ? frames(samples, millis) : routes(samples, millis);
  }

  static double frames(List<byte[]> samples, long millis) throws Exception {
    long startedAt = System.nanoTime();
    long elapsed = 0;
    long rounds = 0;
    while (elapsed < millis * 1_000_000) {
      for (byte[] bytes : samples) sum += RemotingCommand.decode(ByteBuffer.wrap(bytes)).getOpaque();
      if ((++rounds & 15) == 0) elapsed = System.nanoTime() - startedAt;
    }
    return (double) elapsed / (rounds * samples.size());
  }

  static double routes(List<byte[]> samples, long millis) {
    long startedAt = System.nanoTime();
    long elapsed = 0;
    long rounds = 0;
    while (elapsed < millis * 1_000_000) {
      for (byte[] bytes : samples) {
        sum += RemotingSerializable.decode(bytes, TopicRouteData.class).getBrokerDatas().size();
      }
      if ((++rounds & 15) == 0) elapsed = System.nanoTime() - startedAt;
    }
    return (double) elapsed / (rounds * samples.size());
  }
}
