import { memberGroup } from "../body/member-group.ts";
import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const getBrokerMemberGroup = command({
  code: 901,
  name: "GET_BROKER_MEMBER_GROUP",
  description: "The replicas of a broker name; none for an unknown one. Since 5.0.",
  servedBy: on("name-server", "5.5.0"),
  request: { header: { clusterName: text("cluster name"), brokerName: text("broker name") } },
  response: { body: memberGroup },
});
