import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.selector.SelectMessageQueueByHash;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * Consumes topics, from their beginning, until the port on this machine that it tells of it hangs up. A line is
 * `got TOPIC QUEUE OFFSET FLAG BODY PROPERTIES`, the last two in base64 and properties as they travel, or
 * `hash GROUP INDEX`, the queue of sixteen that SelectMessageQueueByHash takes for a name in base64, and first `ready`.
 * Arguments: name server, port, consumer group, topics with commas between them, and names to hash.
 */
public final class Receive {
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), Integer.parseInt(args[1]));
        PrintWriter told = new PrintWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8), true);

        List<MessageQueue> queues = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            queues.add(new MessageQueue("t", "b", i));
        }
        for (int i = 4; i < args.length; i++) {
            String name = new String(Base64.getDecoder().decode(args[i]), StandardCharsets.UTF_8);
            MessageQueue queue = new SelectMessageQueueByHash().select(queues, null, name);
            told.println("hash " + args[i] + " " + queue.getQueueId());
        }

        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(args[2]);
        consumer.setNamesrvAddr(args[0]);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        for (String topic : args[3].split(",")) {
            consumer.subscribe(topic, "*");
        }
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            for (MessageExt message : messages) {
                tell(message, told);
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        told.println("ready");
        BufferedReader heard = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        while (heard.readLine() != null) {
            // Nothing is said to it.
        }
        // An orderly shutdown takes seconds, and nobody is left to mind.
        Runtime.getRuntime().halt(0);
    }

    private static void tell(MessageExt message, PrintWriter told) {
        StringBuilder properties = new StringBuilder();
        for (Map.Entry<String, String> each : message.getProperties().entrySet()) {
            properties.append(each.getKey()).append('\u0001').append(each.getValue()).append('\u0002');
        }
        Base64.Encoder base64 = Base64.getEncoder();
        told.println("got " + message.getTopic() + " " + message.getQueueId() + " " + message.getQueueOffset() + " "
            + message.getFlag() + " " + base64.encodeToString(message.getBody()) + " "
            + base64.encodeToString(properties.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
