import type { Message } from "../body/message.ts";
import { refusal } from "../client/accepted.ts";
import type { CallValues } from "../client/encode.ts";
import type { Reply } from "../client/reply.ts";
import type { Command } from "../commands/command.ts";
import { pullMessage } from "../commands/pull-message.ts";
import { Fault } from "../errors.ts";
import type { Int64 } from "../json/value.ts";
import type { Fields } from "../schema/fields.ts";
import { PULL_NOT_FOUND, PULL_OFFSET_MOVED, PULL_RETRY_IMMEDIATELY, SUCCESS } from "../wire/response-codes.ts";
import { type Filter, SQL92 } from "./filter.ts";
import { following, larger, plus } from "./offset.ts";

/** A way to ask one broker, whatever code it answers with. */
export interface Asking {
  /** `host:port` of the broker. */
  readonly target: string;
  call<Q extends Fields, QB, R extends Fields, RB>(
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis?: number,
  ): Promise<Reply<R, RB>>;
}

/** What to pull, and how. */
export interface Pull {
  readonly topic: string;
  readonly queueId: number;
  readonly offset: Int64;
  readonly filter: Filter;
  readonly maxMessages: number;
  /** How long the broker holds the answer while there are no messages; absent for not at all. */
  readonly suspendMillis?: number;
  readonly timeoutMillis?: number | undefined;
}

/** What a queue has from an offset on. */
export interface Pulled {
  /** `moved` where the offset is beyond the queue's ends, `skipped` where what was looked at isn't wanted. */
  readonly state: "found" | "skipped" | "end" | "moved";
  readonly messages: readonly Message[];
  /** Where to go on. */
  readonly nextOffset: Int64;
  readonly minOffset: Int64;
  readonly maxOffset: Int64;
  /** The code of the answer, and what the broker said. */
  readonly code: number;
  readonly remark: string | null;
}

/**
 * The group that brokers of every generation know from the start, for tools (MixAll.TOOLS_CONSUMER_GROUP). Nothing is
 * committed for it.
 */
export const TOOLS_GROUP = "TOOLS_CONSUMER";

const SUSPEND = 2;
const SUBSCRIPTION = 4;

const states: ReadonlyMap<number, Pulled["state"]> = new Map([
  [SUCCESS, "found"],
  [PULL_NOT_FOUND, "end"],
  [PULL_RETRY_IMMEDIATELY, "skipped"],
  [PULL_OFFSET_MOVED, "moved"],
]);

/**
 * Asks a broker once for messages of a queue; nothing of it is kept there. Rejects as the call does, or with `refused`
 * for a code that isn't about the queue's content.
 */
export async function pull(asking: Asking, wanted: Pull): Promise<Pulled> {
  const pulled = await attempt(asking, wanted);
  // Whoever reset the group of the tools meant no reader of ours; the broker says so once (OFFSET_RESET of 5.x).
  return pulled.remark === "OFFSET_RESET" && pulled.state === "moved" ? attempt(asking, wanted) : pulled;
}

async function attempt({ call, target }: Asking, wanted: Pull): Promise<Pulled> {
  const { topic, queueId, offset, filter, maxMessages, suspendMillis, timeoutMillis } = wanted;
  const values = {
    consumerGroup: TOOLS_GROUP,
    topic,
    queueId,
    queueOffset: offset,
    maxMsgNums: maxMessages,
    sysFlag: SUBSCRIPTION | (suspendMillis === undefined ? 0 : SUSPEND),
    commitOffset: 0,
    suspendTimeoutMillis: Math.round(suspendMillis ?? 0),
    subscription: filter.expression,
    subVersion: 0,
    ...(filter.expressionType === SQL92 && { expressionType: SQL92 }),
  };
  const reply = await call(pullMessage, values, timeoutMillis);
  const state = states.get(reply.code);
  if (state === undefined) throw refusal(pullMessage, reply, target);
  const { nextBeginOffset, minOffset, maxOffset } = reply.header;
  if (nextBeginOffset === undefined || minOffset === undefined || maxOffset === undefined) {
    throw new Fault("undecodable", `Cannot read the queue: ${target} answered without its offsets`, { target });
  }
  const stored = state === "found" ? placed(reply.body ?? [], reply.header.offsetDelta) : [];
  const last = stored.at(-1);
  return {
    state,
    // A record may hold a batch, which is given whole from any of its offsets.
    messages: stored.filter((message) => message.queueOffset >= offset && filter.matches(message)),
    nextOffset: last ? larger(nextBeginOffset, following(last.queueOffset)) : nextBeginOffset,
    minOffset,
    maxOffset,
    code: reply.code,
    remark: reply.remark,
  };
}

/** Messages of a queue that moved between brokers have other offsets than their records say (offsetDelta, since 5.0). */
function placed(messages: readonly Message[], delta: Int64 | undefined): readonly Message[] {
  if (delta === undefined || BigInt(delta) === 0n) return messages;
  return messages.map((message) => ({ ...message, queueOffset: plus(message.queueOffset, delta) }));
}
