import type { Message } from "../body/message.ts";
import type { Int64 } from "../json/value.ts";
import type { Limits } from "../limits.ts";
import { following } from "./offset.ts";
import { pause } from "./pause.ts";
import type { Places } from "./vector.ts";

/** What was pulled from one queue at once: messages, none where it only moves on. */
export interface Page {
  readonly brokerName: string;
  readonly queueId: number;
  readonly messages: readonly Message[];
  /** Where the queue goes on behind it. */
  readonly nextOffset: Int64;
  /** The reader begins with it, so there is room for the next one of the queue. */
  taken(): void;
}

/** What a stream says next: a message, how far it is, or a word for people. */
export interface FeedItem {
  readonly message?: Message & { readonly brokerName: string };
  /** The vector behind it. */
  readonly place?: string;
  readonly note?: string;
}

/** The pages of many queues on their way to one reader, those that came first at first. */
export interface Outbox {
  offer(page: Page): void;
  /** Passes on a word for people; the same again at once says nothing new. */
  say(note: string): void;
  /** The reader hears of a defect, and the stream is over. */
  fail(error: unknown): void;
  /** The next item once there is one, null at the end. One at a time. */
  next(): Promise<FeedItem | null>;
}

export interface OutboxOptions {
  readonly places: Places;
  /** Aborted at the end. */
  readonly signal: AbortSignal;
  readonly limits: Pick<Limits, "streamPlaceMillis">;
  /** How many messages a second at most; absent for as many as are read. */
  readonly limitPerSecond?: number | undefined;
}

/** Notes that wait for a reader; older ones give way. */
const MAX_NOTES = 32;

export function createOutbox({ places, signal, limits, limitPerSecond }: OutboxOptions): Outbox {
  const pages: Page[] = [];
  const notes: string[] = [];
  let lastNote = "";
  let current: Page | undefined;
  let index = 0;
  /** Whether the reader doesn't know how far it is. At first it doesn't. */
  let hasMoved = true;
  let toldAt = Number.NEGATIVE_INFINITY;
  let failure: { readonly error: unknown } | undefined;
  let wake = () => {};
  const pacer = createPacer(limitPerSecond);
  signal.addEventListener("abort", () => wake());

  /** The next message of the page that is being read; none where that is at its end. */
  function messageOf(page: Page): FeedItem | undefined {
    const message = page.messages[index++];
    const isEnd = index >= page.messages.length;
    places.set(page.brokerName, page.queueId, isEnd || !message ? page.nextOffset : following(message.queueOffset));
    if (isEnd) current = undefined;
    hasMoved = message === undefined;
    if (message === undefined) return undefined;
    toldAt = performance.now();
    return { message: { brokerName: page.brokerName, ...message }, place: places.text() };
  }

  function take(): FeedItem | undefined {
    const note = notes.shift();
    if (note !== undefined) return { note };
    for (;;) {
      if (current === undefined) {
        current = pages.shift();
        index = 0;
        current?.taken();
      }
      if (current === undefined) break;
      const item = messageOf(current);
      if (item) return item;
    }
    if (!hasMoved || performance.now() - toldAt < limits.streamPlaceMillis) return undefined;
    hasMoved = false;
    toldAt = performance.now();
    return { place: places.text() };
  }

  return {
    offer(page) {
      pages.push(page);
      wake();
    },
    say(note) {
      if (note === lastNote) return;
      lastNote = note;
      notes.push(note);
      if (notes.length > MAX_NOTES) notes.shift();
      wake();
    },
    fail(error) {
      failure ??= { error };
      wake();
    },
    async next() {
      for (;;) {
        if (signal.aborted) return null;
        if (failure) throw failure.error;
        const waitMillis = current || pages.length > 0 ? pacer.waitMillis() : 0;
        if (waitMillis > 0) {
          await pause(waitMillis, signal);
          continue;
        }
        const item = take();
        if (item?.message) pacer.count();
        if (item) return item;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/** Timers are too coarse for single messages of a fast stream. */
const BURST_MILLIS = 10;

function createPacer(limitPerSecond = Number.POSITIVE_INFINITY) {
  const periodMillis = 1_000 / limitPerSecond;
  let dueAt = 0;
  return {
    waitMillis() {
      const early = dueAt - performance.now();
      return early > BURST_MILLIS ? early : 0;
    },
    count() {
      dueAt = Math.max(dueAt, performance.now()) + periodMillis;
    },
  };
}
