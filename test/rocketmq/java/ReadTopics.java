import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import org.apache.rocketmq.client.impl.factory.MQClientInstance;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/**
 * Prints the name servers' lists of topics, `list=` and a topic a line. Arguments: name server, cluster. The lists by
 * unit have no command in the administration tools, and their class moved between generations, hence the reflection.
 */
public final class ReadTopics {
    private static final long TIMEOUT_MILLIS = 5000;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] args) throws Exception {
        DefaultMQAdminExt admin = new DefaultMQAdminExt();
        admin.setNamesrvAddr(args[0]);
        admin.setInstanceName("read-topics-" + System.nanoTime());
        admin.start();
        try {
            Object api = ((MQClientInstance) field(field(admin, "defaultMQAdminExtImpl"), "mqClientInstance"))
                .getMQClientAPIImpl();
            print("all", call(api, "getTopicListFromNameServer", TIMEOUT_MILLIS));
            print("cluster", call(api, "getTopicsByCluster", args[1], TIMEOUT_MILLIS));
            print("unit", call(api, "getUnitTopicList", true, TIMEOUT_MILLIS));
            print("unitSub", call(api, "getHasUnitSubTopicList", true, TIMEOUT_MILLIS));
            print("unitSubUnunit", call(api, "getHasUnitSubUnUnitTopicList", true, TIMEOUT_MILLIS));
        } finally {
            admin.shutdown();
        }
        System.exit(0);
    }

    private static Object field(Object object, String name) throws Exception {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    private static Object call(Object api, String name, Object... arguments) throws Exception {
        for (Method method : api.getClass().getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
                return method.invoke(api, arguments);
            }
        }
        throw new IllegalStateException("no method " + name);
    }

    private static void print(String list, Object topics) throws Exception {
        for (Object topic : (Iterable<?>) topics.getClass().getMethod("getTopicList").invoke(topics)) {
            OUT.println(list + "=" + topic);
        }
    }
}
