import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/**
 * Prints the ends of a queue, and its offset at a time, as `min=`, `max=`, `earliest=` and `search=`.
 * Arguments: name server, topic, broker, queue, time.
 */
public final class ReadQueue {
    public static void main(String[] args) throws Exception {
        DefaultMQAdminExt admin = new DefaultMQAdminExt();
        admin.setNamesrvAddr(args[0]);
        admin.setInstanceName("read-queue-" + System.nanoTime());
        admin.start();
        try {
            MessageQueue queue = new MessageQueue(args[1], args[2], Integer.parseInt(args[3]));
            System.out.println("\nmin=" + admin.minOffset(queue));
            System.out.println("\nmax=" + admin.maxOffset(queue));
            System.out.println("\nearliest=" + admin.earliestMsgStoreTime(queue));
            System.out.println("\nsearch=" + admin.searchOffset(queue, Long.parseLong(args[4])));
        } finally {
            admin.shutdown();
        }
        System.exit(0);
    }
}
