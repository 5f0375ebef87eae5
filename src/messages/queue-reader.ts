import { backoffMillis } from "../client/backoff.ts";
import type { Peer } from "../client/peer.ts";
import { Fault } from "../errors.ts";
import type { Int64 } from "../json/value.ts";
import type { Limits } from "../limits.ts";
import type { Filter } from "./filter.ts";
import type { Link } from "./link.ts";
import type { Outbox } from "./outbox.ts";
import { pause } from "./pause.ts";
import { type Asking, type Pulled, pull } from "./pull.ts";
import { offsetSince, oldestOffset } from "./start.ts";

/** Reads one queue for a stream: one pull at a time, and no further one before the reader has begun with the last. */
export interface QueueReader {
  /** Reads, or goes on where it was. */
  start(): void;
  /** Pulls nothing more; what is on its way is left aside, and read again after the next start. */
  stop(): void;
}

export interface QueueReaderOptions {
  readonly topic: string;
  readonly queueId: number;
  readonly filter: Filter;
  /** Where it begins, undefined for the time `since` (epoch milliseconds; 0 is the oldest message). */
  readonly offset: Int64 | undefined;
  readonly since: number;
  readonly link: Link;
  readonly outbox: Outbox;
  readonly limits: Limits;
  /** How many messages to pull at once. */
  readonly pageSize: () => number;
  readonly signal: AbortSignal;
}

export function createQueueReader(options: QueueReaderOptions): QueueReader {
  const { topic, queueId, filter, since, link, outbox, limits, pageSize, signal } = options;
  const { brokerName } = link.target;
  const queue = { topic, queueId };
  let at = options.offset;
  let isWanted = false;
  let isRunning = false;
  let failures = 0;
  let quickEnds = 0;
  /** Resolves once the reader has begun with the last page. */
  let room: Promise<void> = Promise.resolve();

  function offer(messages: Pulled["messages"], nextOffset: Int64): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    at = nextOffset;
    room = promise;
    outbox.offer({ brokerName, queueId, messages, nextOffset, taken: resolve });
  }

  async function begin(asking: Asking): Promise<void> {
    const offset = since === 0 ? await oldestOffset(asking, queue) : await offsetSince(asking, queue, since);
    if (isWanted) offer([], offset);
  }

  async function readOnce(asking: Asking, offset: Int64): Promise<void> {
    const startedAt = performance.now();
    const pulled = await pull(asking, {
      ...queue,
      offset,
      filter,
      maxMessages: pageSize(),
      suspendMillis: limits.suspendMillis,
      timeoutMillis: limits.suspendTimeoutMillis,
    });
    link.works();
    failures = 0;
    if (!isWanted) return;
    const { state, messages, nextOffset } = pulled;
    if (state === "moved") {
      outbox.say(`queue ${queueId} of broker ${brokerName} has no offset ${offset}: going on at ${nextOffset}`);
    }
    if (messages.length > 0 || nextOffset !== offset) {
      quickEnds = 0;
      return offer(messages, nextOffset);
    }
    const early = limits.minPullPeriodMillis - (performance.now() - startedAt);
    quickEnds = early > 0 ? quickEnds + 1 : 0;
    // One may be a race with a message that came; a server that holds nothing does so again and again.
    if (quickEnds > 1) await pause(early, signal);
  }

  async function step(peer: Peer): Promise<void> {
    const asking: Asking = {
      target: peer.session.remote,
      call: (command, values, timeoutMillis = limits.timeoutMillis) =>
        peer.call(command, values, timeoutMillis, signal),
    };
    try {
      await (at === undefined ? begin(asking) : readOnce(asking, at));
    } catch (error) {
      if (!isWanted || signal.aborted) return;
      if (!(error instanceof Fault) || error.fault === "internal") throw error;
      if (!peer.session.isOpen || error.fault === "timeout") return link.lose(peer, error);
      outbox.say(`queue ${queueId} of broker ${brokerName} can't be read: ${error.message}`);
      await pause(backoffMillis(++failures, limits), signal);
    }
  }

  async function run(): Promise<void> {
    isRunning = true;
    try {
      while (isWanted && !signal.aborted) {
        await room;
        const peer = await link.peer();
        if (peer && isWanted) await step(peer);
      }
    } catch (error) {
      outbox.fail(error);
    } finally {
      isRunning = false;
    }
  }

  return {
    start() {
      isWanted = true;
      if (!isRunning) run();
    },
    stop() {
      isWanted = false;
    },
  };
}
