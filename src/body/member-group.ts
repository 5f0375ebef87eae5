import { type Static, Type } from "../schema/types.ts";
import { BrokerData } from "./cluster-info.ts";
import { jsonBody } from "./json.ts";

/** GetBrokerMemberGroupResponseBody: the replicas of one broker name. */
export const MemberGroup = Type.Object({
  brokerMemberGroup: Type.Pick(BrokerData, ["cluster", "brokerName", "brokerAddrs"]),
});
export type MemberGroup = Static<typeof MemberGroup>;

export const memberGroup = jsonBody(MemberGroup);
