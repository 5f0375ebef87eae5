import type { MessageProperties } from "../body/message-properties.ts";
import { sendBatchMessage } from "../commands/send-batch-message.ts";
import { sendMessage } from "../commands/send-message.ts";
import { sendMessageV2 } from "../commands/send-message-v2.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import { limits as defaults, type Limits } from "../limits.ts";
import { MESSAGE_ILLEGAL } from "../wire/response-codes.ts";
import { type AttemptsLimits, type Course, createAttempts, isRefusal, routeOf } from "./attempts.ts";
import { type Bundle, bundlesOf, laneOf } from "./bundles.ts";
import { undelivered } from "./certainty.ts";
import { createGenerations } from "./generations.ts";
import { createLanes, eachAtOnce } from "./lanes.ts";
import type { Outgoing } from "./outgoing.ts";
import type { WritableQueue } from "./queues.ts";
import { type Delivery, type Receipt, receiptsOf, type SendReply } from "./receipt.ts";
import { batchRequest, type SendValues, singleRequest } from "./requests.ts";

/** Sends messages to the brokers of their topic. */
export interface Sender {
  /**
   * Sends one message. It goes to another broker where one fails and can't have stored it. Rejects with what the last one
   * said, or went wrong with it; where the message may be stored all the same, the fault has its id among its details.
   */
  send(message: Outgoing, course: Course): Promise<Receipt>;
  /** The same for the first half of a transaction. */
  sendHalf(message: Outgoing, course: Course): Promise<Receipt>;
  /** Sends several, in batches where brokers take them: what came of each, in their order. */
  sendAll(messages: readonly Outgoing[], course: Course): Promise<Delivery[]>;
  /** Sends messages as they come; one that must keep an order waits for those before it. */
  inOrder(course: Course): (message: Outgoing) => Promise<Receipt>;
}

export type SenderLimits = AttemptsLimits & Pick<Limits, "maxMessagesAtOnce" | "maxBatchBytes" | "maxMessagesPerBatch">;

type SendCommand = typeof sendMessage | typeof sendMessageV2 | typeof sendBatchMessage;

/** A sender. What it knows of brokers and turns is all that it keeps. */
export function createSender(limits: SenderLimits = defaults): Sender {
  const attempt = createAttempts(limits);
  const generations = createGenerations();

  /** What a message needs of the broker that it goes to. Throws `not-supported` where that is too old. */
  async function propertiesAt(
    { broker }: WritableQueue,
    { aim, isTimed }: Outgoing,
    brokers: Brokers,
  ): Promise<MessageProperties> {
    if (aim.messageGroup === undefined && !isTimed) return {};
    const isNew = (await generations.of(broker, brokers)) === "5.5.0";
    if (isTimed && !isNew) {
      throw new Fault("not-supported", `Cannot time a message at broker ${broker.brokerName}: brokers do since 5.0`, {
        target: broker.address,
        hint: "Every broker knows delayTimeLevel.",
      });
    }
    return isNew && aim.messageGroup !== undefined ? { __SHARDINGKEY: aim.messageGroup } : {};
  }

  async function written(
    brokers: Brokers,
    { broker }: WritableQueue,
    values: SendValues,
    command: SendCommand,
  ): Promise<SendReply> {
    // Their header fields differ on the wire alone.
    const reply: SendReply = await brokers.write(broker, command as typeof sendMessageV2, values);
    if (reply.header.msgId !== undefined) generations.heard(broker, reply.command.version);
    return reply;
  }

  async function sendOne(message: Outgoing, course: Course, isHalf = false): Promise<Receipt> {
    const { topic, brokers, wire } = course;
    const requestFor = singleRequest(topic, message, isHalf);
    try {
      return await attempt(course, message, async (queue) => {
        const values = requestFor(queue.queueId, await propertiesAt(queue, message, brokers));
        const reply = await written(brokers, queue, values, wire === "v1" ? sendMessage : sendMessageV2);
        const [receipt] = receiptsOf(reply, [message.msgId], topic, queue);
        return receipt as Receipt;
      });
    } catch (error) {
      throw undelivered(error, message.msgId);
    }
  }

  /** Null where the broker takes no batch, or none so large. */
  async function sendBatch(messages: Batch, course: Course): Promise<Receipt[] | null> {
    const { topic, brokers } = course;
    const requestFor = batchRequest(topic, messages);
    const [first] = messages;
    try {
      return await attempt(course, first, async (queue) => {
        if ((await generations.of(queue.broker, brokers)) === "3.2.6") return null;
        const values = requestFor(queue.queueId, await propertiesAt(queue, first, brokers));
        const reply = await written(brokers, queue, values, sendBatchMessage);
        const msgIds = messages.map(({ msgId }) => msgId);
        return receiptsOf(reply, msgIds, topic, queue);
      });
    } catch (error) {
      if (isRefusal(error, MESSAGE_ILLEGAL)) return null;
      throw error;
    }
  }

  async function deliver({ messages, lane }: Bundle, course: Course): Promise<Delivery[]> {
    const [first, ...others] = messages;
    if (first === undefined) return [];
    if (others.length > 0) {
      try {
        const receipts = await sendBatch([first, ...others], course);
        if (receipts) return receipts.map((receipt) => ({ ok: true, receipt }));
      } catch (error) {
        return messages.map(({ msgId }) => failed(undelivered(error, msgId), msgId));
      }
    }
    const deliveries: Delivery[] = [];
    const atOnce = lane === null ? limits.maxMessagesAtOnce : 1;
    await eachAtOnce([...messages.entries()], atOnce, async ([index, message]) => {
      deliveries[index] = await deliverOne(message, course);
    });
    return deliveries;
  }

  async function deliverOne(message: Outgoing, course: Course): Promise<Delivery> {
    try {
      return { ok: true, receipt: await sendOne(message, course) };
    } catch (error) {
      return failed(error, message.msgId);
    }
  }

  return {
    send: (message, course) => sendOne(message, course),
    sendHalf: (message, course) => sendOne(message, course, true),
    async sendAll(messages, course) {
      // Whatever is wrong with the topic is wrong with all of them.
      await routeOf(course.topic, course.brokers);
      const bundles = course.wire === "v1" ? messages.map(alone) : bundlesOf(messages, limits);
      const deliveries: Delivery[] = [];
      const lanes = createLanes();
      await eachAtOnce(bundles, limits.maxMessagesAtOnce, async (bundle) => {
        const own = await lanes.run(bundle.lane, () => deliver(bundle, course));
        for (const [nth, index] of bundle.indices.entries()) deliveries[index] = own[nth] as Delivery;
      });
      return deliveries;
    },
    inOrder(course) {
      const lanes = createLanes();
      return (message) => lanes.run(laneOf(message.aim), () => sendOne(message, course));
    },
  };
}

type Batch = readonly [Outgoing, ...Outgoing[]];

function alone(message: Outgoing, index: number): Bundle {
  return { messages: [message], indices: [index], lane: laneOf(message.aim) };
}

function failed(error: unknown, msgId: string): Delivery {
  if (error instanceof Fault) return { ok: false, fault: error, msgId };
  throw error;
}
