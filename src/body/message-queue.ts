import { Int32, type Static, Type } from "../schema/types.ts";

/** MessageQueue: one queue of a topic on one broker. */
export const MessageQueue = Type.Object(
  {
    brokerName: Type.String({ description: "broker name" }),
    queueId: Int32("queue of the topic on that broker"),
    topic: Type.String({ description: "topic name" }),
  },
  { description: "One queue of a topic (MessageQueue)" },
);
export type MessageQueue = Static<typeof MessageQueue>;
