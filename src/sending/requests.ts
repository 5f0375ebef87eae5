import { compressBody } from "../body/compression/compress.ts";
import { encodeBatch } from "../body/message-batch.ts";
import { type MessageProperties, propertiesToText } from "../body/message-properties.ts";
import { sysFlags } from "../body/sys-flag.ts";
import { limits } from "../limits.ts";
import { halfProperties, type Outgoing } from "./outgoing.ts";

/** What a message is sent as, once its queue is known. */
export interface SendValues {
  readonly producerGroup: string;
  readonly topic: string;
  readonly defaultTopic: string;
  readonly defaultTopicQueueNums: number;
  readonly queueId: number;
  readonly sysFlag: number;
  readonly bornTimestamp: number;
  readonly flag: number;
  readonly properties: string;
  readonly reconsumeTimes: number;
  readonly unitMode: boolean;
  readonly batch: boolean;
  readonly body: Uint8Array;
}

type ForQueue = (queueId: number, more?: MessageProperties) => SendValues;

interface Sent {
  readonly message: Pick<Outgoing, "producerGroup" | "flag">;
  readonly body: Uint8Array;
  readonly sysFlag: number;
  readonly batch?: boolean;
}

function valuesOf(topic: string, queueId: number, properties: string, { message, batch = false, ...sent }: Sent) {
  return {
    producerGroup: message.producerGroup,
    topic,
    // A topic of which no name server knows is 404, so one that a broker has lost must not come back with defaults.
    defaultTopic: topic,
    defaultTopicQueueNums: 4,
    queueId,
    bornTimestamp: Date.now(),
    flag: message.flag,
    properties,
    reconsumeTimes: 0,
    unitMode: false,
    batch,
    ...sent,
  };
}

/** The request for one message; `isHalf` makes it the first half of a transaction. */
export function singleRequest(topic: string, message: Outgoing, isHalf = false): ForQueue {
  const sent =
    message.body.length >= limits.compressOverBytes ? compressBody(message.body) : { body: message.body, sysFlag: 0 };
  const sysFlag = sent.sysFlag | (isHalf ? sysFlags.prepared : 0);
  const half = isHalf ? halfProperties(message.producerGroup) : {};
  return (queueId, more) => {
    const properties = propertiesToText({ ...message.properties, UNIQ_KEY: message.msgId, ...half, ...more });
    return valuesOf(topic, queueId, properties, { message, body: sent.body, sysFlag });
  };
}

/** The request for several messages of one producer group. Bodies in a batch aren't compressed: nobody would inflate them. */
export function batchRequest(topic: string, messages: readonly [Outgoing, ...Outgoing[]]): ForQueue {
  const [{ producerGroup }] = messages;
  return (queueId, more) => {
    const parts = messages.map(({ msgId, body, properties, flag }) => {
      return { flag, body, properties: { ...properties, UNIQ_KEY: msgId, ...more } };
    });
    const message = { producerGroup, flag: 0 };
    return valuesOf(topic, queueId, "", { message, body: encodeBatch(parts), sysFlag: 0, batch: true });
  };
}
