import java.nio.charset.StandardCharsets;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * Begins a transaction and is gone before it is decided, so that the broker has to ask another producer of the group.
 * Prints `sent=` and the id of the message. Arguments: name servers, topic, producer group.
 */
public final class SendHalf {
    public static void main(String[] args) throws Exception {
        TransactionMQProducer producer = new TransactionMQProducer(args[2]);
        producer.setNamesrvAddr(args[0]);
        producer.setTransactionListener(new TransactionListener() {
            @Override
            public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
                return LocalTransactionState.UNKNOW;
            }

            @Override
            public LocalTransactionState checkLocalTransaction(MessageExt message) {
                return LocalTransactionState.UNKNOW;
            }
        });
        try {
            producer.start();
            Message message = new Message(args[1], "half".getBytes(StandardCharsets.UTF_8));
            System.out.println("sent=" + producer.sendMessageInTransaction(message, null).getMsgId());
        } catch (Exception failure) {
            System.out.println(failure);
        }
        System.out.flush();
        // An orderly shutdown takes seconds, and nobody is left to mind.
        Runtime.getRuntime().halt(0);
    }
}
