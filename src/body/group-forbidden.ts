import { type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** GroupForbidden: whether a group may read a topic. */
export const GroupForbidden = Type.Object({
  group: Type.String({ description: "consumer group" }),
  topic: Type.String({ description: "topic name" }),
  readable: Type.Boolean({ description: "whether the group may read the topic" }),
});
export type GroupForbidden = Static<typeof GroupForbidden>;

export const groupForbidden = jsonBody(GroupForbidden);
