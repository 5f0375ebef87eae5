import { utf8 } from "../bytes/utf8.ts";

/** One event of a stream of server-sent events (WHATWG HTML, 9.2). */
export interface SseEvent {
  /** What kind it is; absent for a `message`. */
  readonly event?: string;
  /** Where a reader that lost the connection goes on: it comes back as Last-Event-ID. */
  readonly id?: string;
  /** Absent where there is nothing to dispatch: an id alone is remembered by the reader all the same. */
  readonly data?: string;
  /** What only people read. */
  readonly comment?: string;
}

/** Where the events of a stream come from. */
export interface SseSource {
  /** The next event once there is one, null at the end. Called again only when that promise is settled. */
  next(): Promise<SseEvent | null>;
  /** Nobody reads any more: `next` resolves soon, and nothing is kept. */
  close(): void;
}

/** Headers of such a stream: nothing on the way may hold it back. */
export const sseHeaders = { "x-accel-buffering": "no" };

const COMMENT = utf8(": \n\n");

/** The event as it is sent. A line break within its comment, name or id, which would end the line, becomes a blank. */
export function sseText({ event, id, data, comment }: SseEvent): string {
  const lines = [
    ...(comment === undefined ? [] : [`: ${oneLine(comment)}`]),
    ...(event === undefined ? [] : [`event: ${oneLine(event)}`]),
    ...(id === undefined ? [] : [`id: ${oneLine(id)}`]),
    ...(data === undefined ? [] : data.split(/\r\n|\r|\n/).map((line) => `data: ${line}`)),
  ];
  return `${lines.join("\n")}\n\n`;
}

/** Readers ignore an id with U+0000. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\0]/g, " ");
}

/**
 * A stream of events, with a comment first, so that its headers leave at once, and whenever `commentMillis` pass without
 * an event. Each is taken from the source when the reader has room for it, so a slow one makes nothing pile up here.
 */
export function sseStream(source: SseSource, commentMillis: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isGreeted = false;
  let isOver = false;
  let upcoming: Promise<SseEvent | null> | undefined;

  async function chunk(): Promise<Uint8Array<ArrayBuffer> | null> {
    if (!isGreeted) {
      isGreeted = true;
      return COMMENT;
    }
    upcoming ??= source.next();
    const event = await within(upcoming, commentMillis);
    if (event === undefined) return COMMENT;
    upcoming = undefined;
    return event && utf8(sseText(event));
  }

  return new ReadableStream(
    {
      async pull(controller) {
        const bytes = await chunk();
        if (isOver) return;
        if (bytes !== null) return controller.enqueue(bytes);
        isOver = true;
        source.close();
        controller.close();
      },
      cancel() {
        isOver = true;
        source.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Undefined when the time is over first. */
async function within<T>(promise: Promise<T>, millis: number): Promise<T | undefined> {
  const { promise: expired, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), millis);
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clearTimeout(timer);
  }
}
