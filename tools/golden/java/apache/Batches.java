import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageDecoder;

/** The body of SEND_BATCH_MESSAGE. */
final class Batches {
  private Batches() {}

  static void write(Out out) {
    Message one = new Message("CatTopicA", "TagA", "k1", Values.utf8("one"));
    Message two = new Message("CatTopicA", Values.utf8("two \u4e16"));
    two.setFlag(9);
    List<Message> messages = new ArrayList<>(Arrays.asList(one, two));
    out.misc("batch-body", "note", "body of SEND_BATCH_MESSAGE: MessageDecoder.encodeMessages", "hex",
        Values.hex(MessageDecoder.encodeMessages(messages)), "messages", Arrays.asList(
            Strict.of("flag", one.getFlag(), "bodyText", "one", "properties", new TreeMap<>(one.getProperties())),
            Strict.of("flag", two.getFlag(), "bodyHex", Values.hex(two.getBody()), "properties",
                new TreeMap<>(two.getProperties()))));
  }
}
