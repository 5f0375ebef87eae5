import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;

/**
 * Sends messages of every kind to a topic. Prints for each `sent`, its name, its id, its id by its place (which 3.x
 * calls its id) and its body in base64. Arguments: name servers, topic, producer group.
 */
public final class SendKinds {
    public static void main(String[] args) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer(args[2]);
        producer.setNamesrvAddr(args[0]);
        producer.start();
        try {
            send(producer, "text", new Message(args[1], "hello".getBytes(StandardCharsets.UTF_8)));
            send(producer, "emoji", new Message(args[1], "h\u00e9llo \ud83d\ude00".getBytes(StandardCharsets.UTF_8)));
            byte[] every = new byte[256];
            for (int at = 0; at < every.length; at++) {
                every[at] = (byte) at;
            }
            send(producer, "binary", new Message(args[1], every));
            byte[] large = new byte[20_000];
            for (int at = 0; at < large.length; at++) {
                large[at] = (byte) ('a' + at % 7);
            }
            send(producer, "compressed", new Message(args[1], large));
            // String.hashCode is the same for these two.
            send(producer, "tagged", new Message(args[1], "Aa", "tagged".getBytes(StandardCharsets.UTF_8)));
            send(producer, "alike", new Message(args[1], "BB", "alike".getBytes(StandardCharsets.UTF_8)));
            send(producer, "keyed", new Message(args[1], "K", "key-1 key-2", "keyed".getBytes(StandardCharsets.UTF_8)));
            for (int n = 0; n < 4; n++) {
                Message message = new Message(args[1], ("n" + n).getBytes(StandardCharsets.UTF_8));
                message.putUserProperty("n", String.valueOf(n));
                message.putUserProperty("colour", "gr\u00fcn \ud83d\udfe2");
                send(producer, "property" + n, message);
            }
            Message delayed = new Message(args[1], "delayed".getBytes(StandardCharsets.UTF_8));
            delayed.setDelayTimeLevel(1);
            send(producer, "delayed", delayed);
            sendBatch(producer, args[1]);
        } finally {
            System.out.flush();
            // An orderly shutdown takes seconds, and nobody is left to mind.
            Runtime.getRuntime().halt(0);
        }
    }

    private static void send(DefaultMQProducer producer, String name, Message message) throws Exception {
        byte[] body = message.getBody().clone();
        SendResult result = producer.send(message);
        print(name, result.getMsgId(), placeOf(result), body);
    }

    /** 3.x knows no batches. */
    private static void sendBatch(DefaultMQProducer producer, String topic) throws Exception {
        List<Message> batch = new ArrayList<>();
        for (int at = 0; at < 3; at++) {
            batch.add(new Message(topic, "B", ("batched " + at).getBytes(StandardCharsets.UTF_8)));
        }
        SendResult result;
        try {
            result = (SendResult) DefaultMQProducer.class.getMethod("send", Collection.class).invoke(producer, batch);
        } catch (NoSuchMethodException old) {
            return;
        }
        String[] ids = result.getMsgId().split(",");
        String[] places = placeOf(result).split(",");
        for (int at = 0; at < ids.length; at++) {
            print("batch" + at, ids[at], places[at], batch.get(at).getBody());
        }
    }

    private static String placeOf(SendResult result) throws Exception {
        try {
            return (String) SendResult.class.getMethod("getOffsetMsgId").invoke(result);
        } catch (NoSuchMethodException old) {
            return result.getMsgId();
        }
    }

    private static void print(String name, String id, String place, byte[] body) {
        System.out.println("sent " + name + " " + id + " " + place + " " + Base64.getEncoder().encodeToString(body));
    }
}
