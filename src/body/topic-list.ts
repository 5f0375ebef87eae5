import { type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** TopicList: topic names, and for the system topics the address of some broker. */
export const TopicList = Type.Object({
  topicList: Type.Array(Type.String(), { description: "topics" }),
  brokerAddr: Type.Optional(Type.String({ description: "address of some broker" })),
});
export type TopicList = Static<typeof TopicList>;

export const topicList = jsonBody(TopicList);
