import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * Sends messages to a topic and consumes them in a group of that name, both through name servers alone. Prints
 * `received=` and how many of them came back within the time. Arguments: name servers, topic, messages, seconds, group.
 */
public final class Exchange {
    public static void main(String[] args) throws Exception {
        String topic = args[1];
        int count = Integer.parseInt(args[2]);
        Map<String, Boolean> received = new ConcurrentSkipListMap<>();
        CountDownLatch complete = new CountDownLatch(count);

        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(args[4]);
        consumer.setNamesrvAddr(args[0]);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            for (MessageExt message : messages) {
                String text = new String(message.getBody(), StandardCharsets.UTF_8);
                if (text.startsWith(args[4]) && received.put(text, true) == null) {
                    complete.countDown();
                }
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });

        DefaultMQProducer producer = new DefaultMQProducer(args[4] + "-producers");
        producer.setNamesrvAddr(args[0]);
        producer.start();
        for (int i = 0; i < count; i++) {
            producer.send(new Message(topic, "tag", (args[4] + i).getBytes(StandardCharsets.UTF_8)));
        }
        consumer.start();
        complete.await(Integer.parseInt(args[3]), TimeUnit.SECONDS);
        System.out.println("received=" + received.size());
        System.out.flush();
        // Orderly shutdowns take seconds, and nobody is left to mind.
        Runtime.getRuntime().halt(0);
    }
}
