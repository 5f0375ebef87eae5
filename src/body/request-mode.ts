import { Int32, Name, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** MessageRequestMode: how a group gets the messages of a topic. */
export const RequestMode = Type.Enum(["PULL", "POP"], { description: "whether clients pull, or pop" });

/** SetMessageRequestModeRequestBody: how one group gets the messages of one topic. */
export const GroupRequestMode = Type.Object(
  {
    topic: Name("topic name"),
    consumerGroup: Name("consumer group"),
    mode: RequestMode,
    popShareQueueNum: Type.Optional(Int32("with pop, clients that share a queue; 0 for all of them")),
  },
  { additionalProperties: false },
);
export type GroupRequestMode = Static<typeof GroupRequestMode>;

export const groupRequestMode = jsonBody(GroupRequestMode);

/** MessageRequestModeSerializeWrapper: the modes that a broker was told. */
export const RequestModes = Type.Object({
  messageRequestModeMap: Type.Record(Type.String(), Type.Record(Type.String(), GroupRequestMode), {
    description: "modes by topic and group",
  }),
});
export type RequestModes = Static<typeof RequestModes>;

export const requestModes = jsonBody(RequestModes);
