import org.apache.rocketmq.tools.command.MQAdminStartup;

/**
 * Runs one mqadmin command in a tenth of the usual time. A command ends by shutting down its client, which waits up to
 * three seconds for a thread that sleeps on an empty queue; and then the JVM waits for network threads to fade out.
 * Here that sleep is interrupted once the command has come to its shutdown, and nothing is waited for after it.
 */
public final class MqAdmin {
    public static void main(String[] args) {
        Thread command = Thread.currentThread();
        Thread watch = new Thread(() -> hurryShutdownOf(command));
        watch.setDaemon(true);
        watch.start();
        MQAdminStartup.main(args);
        System.out.flush();
        System.exit(0);
    }

    private static void hurryShutdownOf(Thread command) {
        try {
            while (true) {
                Thread.sleep(20);
                if (isShuttingDown(command)) {
                    interruptSleepers();
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isShuttingDown(Thread command) {
        for (StackTraceElement frame : command.getStackTrace()) {
            if (frame.getMethodName().equals("shutdown")) {
                return true;
            }
        }
        return false;
    }

    private static void interruptSleepers() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            // NettyEventExecuter in the oldest generation.
            if (thread.getName().startsWith("NettyEventExecut")) {
                thread.interrupt();
            }
        }
    }
}
