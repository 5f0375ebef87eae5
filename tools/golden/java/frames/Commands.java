import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.rocketmq.remoting.CommandCustomHeader;
import org.apache.rocketmq.remoting.protocol.LanguageCode;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.body.KVTable;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeaderV2;
import org.apache.rocketmq.remoting.protocol.header.SendMessageResponseHeader;
import org.apache.rocketmq.remoting.protocol.header.namesrv.GetRouteInfoRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.namesrv.PutKVConfigRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.namesrv.RegisterBrokerResponseHeader;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;
import org.apache.rocketmq.remoting.protocol.route.QueueData;
import org.apache.rocketmq.remoting.protocol.route.TopicRouteData;

/** One frame for each thing that a frame can hold. */
final class Commands {
  private Commands() {}

  static void write(Out out) throws Exception {
    requests(out);
    responses(out);
    headers(out);
    numbers(out);
    bodies(out);
  }

  private static void requests(Out out) throws Exception {
    out.frame("get-route-request", "GET_ROUTEINFO_BY_TOPIC", request(1, 105, getRoute()));
    out.frame("put-kv-request", "PUT_KV_CONFIG with unicode value", request(2, 100, putKv()));
    out.frame("send-message-v1-request", "SEND_MESSAGE",
        request(4, 10, Headers.sendMessage(), command -> command.setBody(Values.utf8("hello \u4e16\u754c"))));
    out.frame("send-message-v2-request", "SEND_MESSAGE_V2",
        request(5, 310, Headers.sendMessageV2(Headers.PROPERTIES), command -> command.setBody(Values.utf8("hello"))));
    out.frame("send-message-v2-of-v1-request", "SEND_MESSAGE_V2 as a producer makes it out of version 1",
        request(18, 310, SendMessageRequestHeaderV2.createSendMessageRequestHeaderV2(Headers.sendMessage())));
    out.frame("pull-request", "PULL_MESSAGE", request(6, 11, Headers.pull()));
    out.frame("oneway-request", "UPDATE_CONSUMER_OFFSET one-way: flag bit 1 set (2)",
        request(7, 15, Headers.updateOffset(), RemotingCommand::markOnewayRPC));
  }

  private static void responses(Out out) throws Exception {
    out.frame("get-route-response", "route body JSON",
        response(1, 0, null, command -> command.setBody(route().encode())));
    out.frame("register-response-with-kv", "REGISTER_BROKER response: header + KVTable body",
        response(3, RegisterBrokerResponseHeader.class, Commands::registerResponse));
    out.frame("send-message-response", "SEND_MESSAGE response",
        response(5, SendMessageResponseHeader.class, Commands::sendResponse));
    out.frame("oneway-response-flag", "flag 3: response bit and one-way bit",
        response(8, 0, null, RemotingCommand::markOnewayRPC));
    out.frame("response-unicode-remark", "remark with Chinese and emoji, quotes, newline, control",
        response(9, 17, "\u6ca1\u6709\u8def\u7531 \ud83d\ude00 \"q\" \\ \n\t\u0001 </>", command -> {}));
    out.frame("empty-remark", "remark is the empty string", response(13, 0, "", command -> {}));
    out.frame("empty-body", "body is a zero-length array", response(14, 0, null, command -> command.setBody(new byte[0])));
  }

  private static void headers(Out out) throws Exception {
    out.frame("empty-extfields", "extFields = {}",
        request(10, 106, null, command -> command.setExtFields(new HashMap<>())));
    out.frame("null-extfields", "extFields = null", request(11, 106, null));
    out.frame("extfields-empty-value", "a field whose value is the empty string; a field with a unicode key",
        request(12, 101, null, command -> command.setExtFields(oddFields())));
    out.frame("language-cpp", "language CPP", request(17, 34, null, command -> {
      command.setLanguage(LanguageCode.CPP);
      command.setBody(Values.utf8("{}"));
    }));
  }

  private static void numbers(Out out) throws Exception {
    out.frame("negative-opaque", "opaque -5", request(-5, 106, null));
    out.frame("min-max-ints", "opaque = -2147483648, flag = 2147483647",
        request(Integer.MIN_VALUE, 106, null, command -> command.setFlag(Integer.MAX_VALUE)));
    out.frame("big-code", "code 200050 (> 32767): ROCKETMQ header truncates it to 16 bits", request(15, 200050, null));
  }

  private static void bodies(Out out) throws Exception {
    byte[] large = new byte[4096];
    for (int i = 0; i < large.length; i++) large[i] = (byte) i;
    out.frame("large-body", "4096-byte body, byte i = i & 0xff", request(16, 10, null, command -> command.setBody(large)));
  }

  static Supplier<RemotingCommand> request(int opaque, int code, CommandCustomHeader header) {
    return request(opaque, code, header, command -> {});
  }

  static Supplier<RemotingCommand> request(int opaque, int code, CommandCustomHeader header, Consumer<RemotingCommand> more) {
    return () -> finish(RemotingCommand.createRequestCommand(code, header), opaque, more);
  }

  private static Supplier<RemotingCommand> response(int opaque, int code, String remark, Consumer<RemotingCommand> more) {
    return () -> finish(RemotingCommand.createResponseCommand(code, remark), opaque, more);
  }

  private static Supplier<RemotingCommand> response(int opaque, Class<? extends CommandCustomHeader> header,
      Consumer<RemotingCommand> more) {
    return () -> {
      RemotingCommand command = RemotingCommand.createResponseCommand(header);
      command.setCode(0);
      command.setRemark(null);
      return finish(command, opaque, more);
    };
  }

  private static RemotingCommand finish(RemotingCommand command, int opaque, Consumer<RemotingCommand> more) {
    command.setOpaque(opaque);
    command.setVersion(Generation.VERSION);
    more.accept(command);
    return command;
  }

  static GetRouteInfoRequestHeader getRoute() {
    GetRouteInfoRequestHeader header = new GetRouteInfoRequestHeader();
    header.setTopic("CatTopicA");
    return header;
  }

  private static HashMap<String, String> oddFields() {
    HashMap<String, String> fields = new HashMap<>();
    fields.put("namespace", "");
    fields.put("key", "k");
    fields.put("\u952e", "\u503c");
    return fields;
  }

  private static PutKVConfigRequestHeader putKv() {
    PutKVConfigRequestHeader header = new PutKVConfigRequestHeader();
    header.setNamespace("CatNs");
    header.setKey("k\u952e");
    header.setValue("v\u503c \ud83d\ude00");
    return header;
  }

  private static void registerResponse(RemotingCommand command) {
    RegisterBrokerResponseHeader header = (RegisterBrokerResponseHeader) command.readCustomHeader();
    header.setHaServerAddr("127.0.0.1:10912");
    header.setMasterAddr("127.0.0.1:10911");
    KVTable table = new KVTable();
    table.getTable().put("CatTopicOrder", "broker-a:4");
    command.setBody(table.encode());
  }

  private static void sendResponse(RemotingCommand command) {
    SendMessageResponseHeader header = (SendMessageResponseHeader) command.readCustomHeader();
    header.setMsgId("7F00000100002A9F00000000000000FF");
    header.setQueueId(1);
    header.setQueueOffset(Values.BEYOND_DOUBLE);
  }

  private static TopicRouteData route() {
    BrokerData broker = new BrokerData();
    broker.setBrokerName("broker-a");
    broker.setBrokerAddrs(new HashMap<>(Collections.singletonMap(0L, "127.0.0.1:10911")));
    QueueData queue = new QueueData();
    queue.setBrokerName("broker-a");
    queue.setPerm(6);
    queue.setReadQueueNums(4);
    queue.setWriteQueueNums(4);
    TopicRouteData route = new TopicRouteData();
    route.setBrokerDatas(new ArrayList<>(Collections.singletonList(broker)));
    route.setQueueDatas(new ArrayList<>(Collections.singletonList(queue)));
    route.setFilterServerTable(new HashMap<>());
    return route;
  }
}
