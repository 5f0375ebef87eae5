import java.nio.charset.StandardCharsets;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.message.Message;

/**
 * Sends many messages to a topic, each with its number as its body, so many milliseconds apart. Prints `sent=` and how
 * many a broker took. Arguments: name servers, topic, producer group, how many, milliseconds.
 */
public final class SendMany {
    public static void main(String[] args) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer(args[2]);
        producer.setNamesrvAddr(args[0]);
        producer.start();
        int count = Integer.parseInt(args[3]);
        long pause = Long.parseLong(args[4]);
        int sent = 0;
        for (int n = 0; n < count; n++) {
            Message message = new Message(args[1], String.valueOf(n).getBytes(StandardCharsets.UTF_8));
            if (producer.send(message).getSendStatus() == SendStatus.SEND_OK) {
                sent++;
            }
            Thread.sleep(pause);
        }
        System.out.println("sent=" + sent);
        System.out.flush();
        // An orderly shutdown takes seconds, and nobody is left to mind.
        Runtime.getRuntime().halt(0);
    }
}
