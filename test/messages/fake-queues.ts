import type { Message } from "../../src/body/message.ts";
import { storedMessages } from "../../src/body/stored-message.ts";
import type { RemotingCommand } from "../../src/wire/remoting-command.ts";
import { V5_5_0 } from "../../src/wire/versions.ts";
import type { Handler, Reply } from "../support/scripted-connection.ts";

/** A message of a topic t, as brokers have it. */
export function message(members: Partial<Message> = {}): Message {
  const { tags, keys, queueOffset = 0 } = members;
  const properties = { ...(tags && { TAGS: tags }), ...(keys && { KEYS: keys.join(" ") }), ...members.properties };
  return {
    topic: "t",
    msgId: "",
    offsetMsgId: "",
    body: "hello",
    queueId: 0,
    queueOffset,
    commitLogOffset: 1_000 + Number(queueOffset),
    storeSize: 0,
    bornTimestamp: 1_700_000_000_000,
    bornHost: "10.0.0.9:4000",
    storeTimestamp: 1_700_000_000_000 + Number(queueOffset),
    storeHost: "10.1.0.1:10911",
    reconsumeTimes: 0,
    flag: 0,
    sysFlag: 0,
    bodyCRC: 0,
    preparedTransactionOffset: 0,
    ...members,
    properties,
  };
}

/** Messages as a broker sends them. */
export function stored(...messages: readonly Message[]): Uint8Array {
  return storedMessages.encode(messages.slice(), { version: V5_5_0, header: {} });
}

/** The queues of a topic on a broker, which answers pulls as one does. */
export interface FakeQueues {
  readonly handlers: Record<number, Handler>;
  /** Adds a message to a queue, and answers who waits for it. */
  append(queueId: number, members?: Partial<Message>): void;
  /** Forgets the messages of a queue before an offset. */
  trim(queueId: number, minOffset: number): void;
  /** Pulls that are held. */
  readonly held: number;
}

export interface FakeOptions {
  readonly queueCount?: number;
  /** The most that one pull gets. */
  readonly maxMessages?: number;
  /** How long a pull is held at most. */
  readonly maxHoldMillis?: number;
  /** What a broker tells tags by. */
  readonly hash?: (tag: string) => string;
}

const SUSPEND = 2;

export function createFakeQueues(options: FakeOptions = {}): FakeQueues {
  const { queueCount = 1, maxMessages = 32, maxHoldMillis = 60_000, hash = (tag) => tag } = options;
  const queues = Array.from({ length: queueCount }, () => ({ first: 0, messages: [] as Message[] }));
  const waiting = new Set<() => void>();
  const number = ({ extFields }: RemotingCommand, name: string) => Number(extFields?.[name]);
  const queueOf = (request: RemotingCommand) => queues[number(request, "queueId")] ?? { first: 0, messages: [] };

  function pulled(request: RemotingCommand): Reply {
    const { first, messages } = queueOf(request);
    const offset = number(request, "queueOffset");
    const end = first + messages.length;
    const answer = (code: number, nextBeginOffset: number, body?: Uint8Array): Reply => {
      const offsets = { minOffset: String(first), maxOffset: String(end), suggestWhichBrokerId: "0" };
      const extFields = { nextBeginOffset: String(nextBeginOffset), ...offsets };
      return { code, extFields, ...(body && { body }) };
    };
    if (offset < first) return answer(21, first);
    if (offset > end) return answer(21, end);
    if (offset === end) return answer(19, offset);
    const wanted = (request.extFields?.subscription ?? "*").split("||").map((tag) => hash(tag.trim()));
    const isMatch = ({ tags = "" }: Message) => wanted.includes(hash("*")) || wanted.includes(hash(tags));
    const some = messages.slice(offset - first).slice(0, Math.min(maxMessages, number(request, "maxMsgNums")));
    const found = some.filter(isMatch);
    return found.length > 0 ? answer(0, offset + some.length, stored(...found)) : answer(20, offset + some.length);
  }

  async function pull(request: RemotingCommand): Promise<Reply> {
    const isSuspended = (number(request, "sysFlag") & SUSPEND) !== 0;
    const reply = pulled(request);
    if (reply.code !== 19 || !isSuspended) return reply;
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.add(resolve);
    const timer = setTimeout(resolve, Math.min(number(request, "suspendTimeoutMillis"), maxHoldMillis));
    await promise;
    clearTimeout(timer);
    waiting.delete(resolve);
    return pulled(request);
  }

  function found(request: RemotingCommand): Reply {
    const { first, messages } = queueOf(request);
    const index = messages.findIndex(({ storeTimestamp }) => storeTimestamp >= number(request, "timestamp"));
    return { extFields: { offset: String(index < 0 ? first + messages.length : first + index) } };
  }

  return {
    handlers: {
      11: pull,
      29: found,
      30: (request) => ({ extFields: { offset: String(queueOf(request).first + queueOf(request).messages.length) } }),
      31: (request) => ({ extFields: { offset: String(queueOf(request).first) } }),
      38: () => ({ code: 1, remark: "no consumer for this group, x" }),
      46: () => ({}),
    },
    append(queueId, members = {}) {
      const queue = queues[queueId];
      if (!queue) throw new Error(`Cannot append: there is no queue ${queueId}`);
      queue.messages.push(message({ queueId, queueOffset: queue.first + queue.messages.length, ...members }));
      for (const wake of waiting) wake();
    },
    trim(queueId, minOffset) {
      const queue = queues[queueId];
      queue?.messages.splice(0, minOffset - queue.first);
      if (queue) queue.first = minOffset;
    },
    get held() {
      return waiting.size;
    },
  };
}
