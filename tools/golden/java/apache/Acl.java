import java.util.TreeMap;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.remoting.CommandCustomHeader;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** Requests signed by the client's own hook. */
final class Acl {
  private static final String ACCESS_KEY = "catAccessKey";
  private static final String SECRET_KEY = "catSecretKey-12345";
  private static final String PROPERTIES = "TAGS\u0001TagA\u0002";

  private Acl() {}

  static void write(Out out) {
    sign(out, "acl-send-with-token", 310, Headers.sendMessageV2(PROPERTIES), "hello \u4e16\u754c", "tok-1");
    sign(out, "acl-send-no-token", 310, Headers.sendMessageV2(PROPERTIES), "hello \u4e16\u754c", null);
    sign(out, "acl-get-route", 105, Commands.getRoute(), null, null);
  }

  private static void sign(Out out, String name, int code, CommandCustomHeader header, String body, String token) {
    RemotingCommand command = Commands.request(30, code, header, request -> {
      if (body != null) request.setBody(Values.utf8(body));
    }).get();
    SessionCredentials credentials = token == null
        ? new SessionCredentials(ACCESS_KEY, SECRET_KEY)
        : new SessionCredentials(ACCESS_KEY, SECRET_KEY, token);
    new AclClientRPCHook(credentials).doBeforeRequest("127.0.0.1:9876", command);
    out.misc(name, "accessKey", ACCESS_KEY, "secretKey", SECRET_KEY, "securityToken", token, "code", code, "bodyText", body,
        "extFieldsAfterHook", new TreeMap<>(command.getExtFields()));
  }
}
