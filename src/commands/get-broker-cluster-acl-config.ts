import { plainAcl } from "../body/plain-acl.ts";
import { command, on } from "./command.ts";

export const getBrokerClusterAclConfig = command({
  code: 54,
  name: "GET_BROKER_CLUSTER_ACL_CONFIG",
  description: "Accounts of a broker with their secret keys; no answer at all unless aclEnable is set. Since 4.6.",
  servedBy: on("broker", "4.9.7"),
  response: { body: plainAcl },
});
