import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * A member of consumer groups and of one producer group, until the port on this machine that it tells of what it does
 * hangs up. A line is `consumer GROUP CLIENT`, `producer GROUP CLIENT`, `got GROUP TEXT`, and at last `ready`.
 * Arguments: name server, topic, port, producer group, and each consumer group with its tags, as `group=tags`.
 */
public final class Member {
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), Integer.parseInt(args[2]));
        PrintWriter told = new PrintWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8), true);

        DefaultMQProducer producer = new DefaultMQProducer(args[3]);
        producer.setNamesrvAddr(args[0]);
        producer.start();
        // It makes itself known to the brokers of topics that it has sent to.
        producer.send(new Message(args[1], "hello", "hello".getBytes(StandardCharsets.UTF_8)));
        told.println("producer " + args[3] + " " + producer.buildMQClientId());

        for (int i = 4; i < args.length; i++) {
            String[] parts = args[i].split("=");
            told.println("consumer " + parts[0] + " " + consume(args[0], args[1], parts[0], parts[1], told));
        }
        told.println("ready");
        BufferedReader heard = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        while (heard.readLine() != null) {
            // Nothing is said to it.
        }
        // An orderly shutdown takes seconds, and nobody is left to mind.
        Runtime.getRuntime().halt(0);
    }

    private static String consume(String nameServer, String topic, String group, String tags, PrintWriter told)
        throws Exception {
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
        consumer.setNamesrvAddr(nameServer);
        // Else all of them share a client, and its id.
        consumer.setInstanceName(group);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setPersistConsumerOffsetInterval(500);
        consumer.subscribe(topic, tags);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            for (MessageExt message : messages) {
                told.println("got " + group + " " + new String(message.getBody(), StandardCharsets.UTF_8));
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        return consumer.buildMQClientId();
    }
}
