import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;

/**
 * Sends so many messages to the queues of a topic in turn, and one that is delayed by a second, and consumes until so
 * many deliveries were made, whichever messages they are of. Prints `received=` and their number. Arguments: name server,
 * topic, group, messages, deliveries, seconds.
 */
public final class ConsumeAgain {
    public static void main(String[] args) throws Exception {
        String topic = args[1];
        int count = Integer.parseInt(args[3]);
        long deliveries = Long.parseLong(args[4]);
        CountDownLatch left = new CountDownLatch((int) deliveries);

        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(args[2]);
        consumer.setNamesrvAddr(args[0]);
        consumer.setInstanceName("consume-again-" + System.nanoTime());
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setPersistConsumerOffsetInterval(1_000);
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            for (int i = 0; i < messages.size(); i++) {
                left.countDown();
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });

        DefaultMQProducer producer = new DefaultMQProducer(args[2] + "-producers");
        producer.setNamesrvAddr(args[0]);
        producer.start();
        for (int i = 0; i < count; i++) {
            Message message = new Message(topic, ("m" + i).getBytes(StandardCharsets.UTF_8));
            producer.send(message, (queues, body, index) -> queues.get((int) index % queues.size()), i);
        }
        if (count > 0) {
            Message delayed = new Message(topic, "delayed".getBytes(StandardCharsets.UTF_8));
            delayed.setDelayTimeLevel(1);
            producer.send(delayed);
        }
        consumer.start();
        left.await(Integer.parseInt(args[5]), TimeUnit.SECONDS);
        System.out.println("received=" + (deliveries - left.getCount()));
        System.out.flush();
        // Orderly shutdowns take seconds, and nobody is left to mind.
        Runtime.getRuntime().halt(0);
    }
}
