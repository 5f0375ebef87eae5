import { consumerSendMsgBack } from "../commands/consumer-send-msg-back.ts";
import { viewMessageById } from "../commands/view-message-by-id.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import { Int32, type Static, Type } from "../schema/types.ts";
import { brokerOfMessage } from "./message-broker.ts";
import { fanOutAnswer } from "./results.ts";
import type { Answer } from "./route.ts";

/** How a message is to be redelivered. */
export const MessageRetry = Type.Object(
  {
    delayLevel: Type.Optional(
      Int32("1 to 18: after how long; 0 (the default) leaves it to the broker; -1 for the dead letters at once", {
        minimum: -1,
        maximum: 18,
      }),
    ),
    maxReconsumeTimes: Type.Optional(
      Int32("redeliveries before it goes to the dead letters, default the group's; not known to 3.x", { minimum: 0 }),
    ),
  },
  { additionalProperties: false, description: "How a message is to be redelivered" },
);

const BROKER_CHOOSES = 0;

/** Has a broker deliver a message to a group once more. Rejects where the message isn't there. */
export async function retryMessage(
  group: string,
  offsetMsgId: string,
  { delayLevel = BROKER_CHOOSES, maxReconsumeTimes }: Static<typeof MessageRetry>,
  brokers: Brokers,
): Promise<Answer> {
  const { broker, offset } = await brokerOfMessage(offsetMsgId, brokers);
  const { body: message } = await brokers.read(broker, viewMessageById, { offset });
  if (message === null) throw new Fault("undecodable", "Cannot read the message: the broker answered without it");
  const outcomes = await brokers.writeEach([broker], consumerSendMsgBack, {
    offset,
    group,
    delayLevel,
    originMsgId: message.msgId,
    originTopic: message.topic,
    unitMode: false,
    maxReconsumeTimes,
  });
  return fanOutAnswer(outcomes, { body: { group, offsetMsgId, topic: message.topic, delayLevel } });
}
