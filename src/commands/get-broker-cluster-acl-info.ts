import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const getBrokerClusterAclInfo = command({
  code: 52,
  name: "GET_BROKER_CLUSTER_ACL_INFO",
  description: "Version of the accounts of a broker, which gives no answer unless aclEnable is set. Since 4.5.2.",
  servedBy: on("broker", "4.9.7"),
  response: {
    header: {
      version: text("DataVersion of plain_acl.yml, JSON"),
      allAclFileVersion: optional(text("DataVersion of every file by its path, JSON, since 4.9.3")),
      brokerName: text("broker name"),
      brokerAddr: text("address of the broker, host:port"),
      clusterName: text("cluster name"),
    },
  },
});
