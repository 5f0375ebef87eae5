import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/** A batch that is stored as one message, as topics with a batch consume queue have it. */
final class InnerBatches {
  private InnerBatches() {}

  static void write(Out out) throws Exception {
    Message one = new Message("CatTopicA", "TagB", "k3", Values.utf8("one"));
    one.putUserProperty("n", "1");
    Message two = new Message("CatTopicA", Values.utf8("two \u4e16"));
    two.setFlag(9);
    MessageExt outer = Records.fill(new MessageExt());
    outer.setSysFlag(MessageSysFlag.INNER_BATCH_FLAG | MessageSysFlag.NEED_UNWRAP_FLAG);
    outer.setBody(MessageDecoder.encodeMessages(new ArrayList<>(Arrays.asList(one, two))));
    outer.setBodyCRC(Out.crc32(outer.getBody()));
    Records.plain(out, "stored-inner-batch", "sysFlag 64|128: the body is a batch", outer);
    List<MessageExt> inner = new ArrayList<>();
    MessageDecoder.decodeMessage(outer, inner);
    List<Object> described = new ArrayList<>();
    for (MessageExt each : inner) described.add(Out.describe(each));
    out.misc("inner-batch-unwrapped", "note", "what MessageDecoder.decodeMessage makes of stored-inner-batch", "messages",
        described);
  }
}
