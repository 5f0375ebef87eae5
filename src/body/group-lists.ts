import { type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** GroupList: consumer groups. */
export const GroupList = Type.Object({
  groupList: Type.Array(Type.String(), { description: "consumer groups" }),
});
export type GroupList = Static<typeof GroupList>;

export const groupList = jsonBody(GroupList);

/** GetConsumerListByGroupResponseBody: the clients of one consumer group. */
export const ConsumerList = Type.Object({
  consumerIdList: Type.Array(Type.String(), { description: "client ids" }),
});
export type ConsumerList = Static<typeof ConsumerList>;

export const consumerList = jsonBody(ConsumerList);
