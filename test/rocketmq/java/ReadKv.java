import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/** Prints `value=` and the value of a key; ends with 1 when there is none. Arguments: name server, namespace, key. */
public final class ReadKv {
    public static void main(String[] args) throws Exception {
        DefaultMQAdminExt admin = new DefaultMQAdminExt();
        admin.setNamesrvAddr(args[0]);
        admin.setInstanceName("read-kv-" + System.nanoTime());
        admin.start();
        int code = 0;
        try {
            String value = admin.getKVConfig(args[1], args[2]);
            if (value == null) code = 1;
            // On a line of its own: 3.2.6 logs to the same stream.
            else new PrintStream(System.out, true, StandardCharsets.UTF_8).println("value=" + value);
        } catch (MQClientException absent) {
            code = 1;
        } finally {
            admin.shutdown();
        }
        System.exit(code);
    }
}
