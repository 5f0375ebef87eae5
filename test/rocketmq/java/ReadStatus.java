import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/**
 * Asks the members of a group where they are in a topic, and prints `client queue=` and the offset for each queue that
 * one of them tells. No command of the administration tools asks for it. Arguments: name server, topic, group.
 */
public final class ReadStatus {
    public static void main(String[] args) throws Exception {
        DefaultMQAdminExt admin = new DefaultMQAdminExt();
        admin.setNamesrvAddr(args[0]);
        admin.setInstanceName("read-status-" + System.nanoTime());
        try {
            admin.start();
            for (var client : admin.getConsumeStatus(args[1], args[2], "").entrySet()) {
                for (var queue : client.getValue().entrySet()) {
                    System.out.println(client.getKey() + " " + queue.getKey().getQueueId() + "=" + queue.getValue());
                }
            }
        } catch (Exception failure) {
            System.out.println(failure);
        }
        System.out.flush();
        // An orderly shutdown takes seconds, and nobody is left to mind.
        Runtime.getRuntime().halt(0);
    }
}
