import type { Client } from "../client/client.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import type { TopicRoute } from "../discovery/directory.ts";
import { Fault } from "../errors.ts";
import type { Limits } from "../limits.ts";
import { TOPIC_NOT_EXIST } from "../wire/response-codes.ts";
import type { Filter } from "./filter.ts";
import { createLink, type Link } from "./link.ts";
import { createOutbox, type FeedItem } from "./outbox.ts";
import { pause } from "./pause.ts";
import { createQueueReader, type QueueReader } from "./queue-reader.ts";
import { type ReadableBroker, readableBrokers } from "./queues.ts";
import { createPlaces, type Vector } from "./vector.ts";

/** The messages of all queues of a topic, as they come. */
export interface Feed {
  /** The next item once there is one, null at the end. One at a time. */
  next(): Promise<FeedItem | null>;
  /** Nobody reads any more: everything that is held for it ends. */
  close(): void;
}

export interface FeedOptions {
  readonly topic: string;
  readonly filter: Filter;
  /** Where to begin. */
  readonly vector: Vector;
  /** Where the topic is now. */
  readonly route: TopicRoute;
  readonly brokers: Pick<Brokers, "routeOf">;
  readonly client: Pick<Client, "dial">;
  readonly limits: Limits;
  /** How many messages a second at most. */
  readonly limitPerSecond?: number | undefined;
}

/** What is read of one broker. */
interface Source {
  readonly link: Link;
  readonly readers: QueueReader[];
  /** Since when no name server has known it, as performance.now; null where one does. */
  goneAt: number | null;
}

/** Brokers hand out no more at once, as they are set up. */
const MAX_PAGE_MESSAGES = 32;

/**
 * Reads every queue of a topic's masters side by side, each message once, in the order of its queue. A broker that can't
 * be reached is tried again and again, and keeps no other one waiting; brokers and queues that come later are read too.
 */
export function openFeed(options: FeedOptions): Feed {
  const { topic, filter, vector, brokers, client, limits, limitPerSecond } = options;
  const ending = new AbortController();
  const { signal } = ending;
  const places = createPlaces(vector);
  const outbox = createOutbox({ places, signal, limits, limitPerSecond });
  const { say } = outbox;
  const sources = new Map<string, Source>();
  let queueCount = 0;

  const pageSize = () => Math.max(1, Math.min(MAX_PAGE_MESSAGES, Math.floor(limits.maxStreamedMessages / queueCount)));

  function sourceOf(target: BrokerTarget): Source {
    const known = sources.get(target.brokerName);
    if (known) return known;
    const link = createLink({ target, client, limits, signal, say });
    const source: Source = { link, readers: [], goneAt: null };
    sources.set(target.brokerName, source);
    return source;
  }

  function readerOf({ link }: Source, queueId: number): QueueReader {
    const offset = places.get(link.target.brokerName, queueId);
    const { since } = vector;
    return createQueueReader({ topic, queueId, filter, offset, since, link, outbox, limits, pageSize, signal });
  }

  function read({ broker, queueCount: count }: ReadableBroker): void {
    const source = sourceOf(broker);
    source.goneAt = null;
    source.link.target = broker;
    while (source.readers.length < count) source.readers.push(readerOf(source, source.readers.length));
    for (const [queueId, reader] of source.readers.entries()) {
      if (queueId < count) reader.start();
      else reader.stop();
    }
  }

  function leave(source: Source): void {
    if (source.goneAt !== null) return;
    say(`broker ${source.link.target.brokerName} has the topic no more`);
    source.goneAt = performance.now();
    for (const reader of source.readers) reader.stop();
    source.link.close();
  }

  function follow(found: readonly ReadableBroker[]): void {
    queueCount = found.reduce((sum, each) => sum + each.queueCount, 0);
    const names = new Set(found.map(({ broker }) => broker.brokerName));
    for (const [brokerName, source] of sources) if (!names.has(brokerName)) leave(source);
    for (const each of found) read(each);
  }

  /** What name servers say now; as before where none of them says anything. */
  async function lookAgain(): Promise<void> {
    try {
      follow(readableBrokers(await brokers.routeOf(topic)));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (error.options.response?.code === TOPIC_NOT_EXIST) follow([]);
    }
  }

  /** A broker that restarts is known to no name server for a while. */
  function isMissed({ link, goneAt }: Source): boolean {
    return goneAt === null ? link.isAway : performance.now() - goneAt < limits.goneBrokerMillis;
  }

  async function keepLooking(): Promise<void> {
    let lookedAt = performance.now();
    for (;;) {
      await pause(limits.streamRouteAwayMillis, signal);
      if (signal.aborted) return;
      const isAway = sources.values().some(isMissed);
      if (!isAway && performance.now() - lookedAt < limits.streamRouteMillis) continue;
      lookedAt = performance.now();
      await lookAgain();
    }
  }

  follow(readableBrokers(options.route));
  keepLooking().catch(outbox.fail);
  return { next: outbox.next, close: () => ending.abort() };
}
