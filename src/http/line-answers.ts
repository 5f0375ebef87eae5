import { utf8 } from "../bytes/utf8.ts";
import type { Line, Lines } from "./lines.ts";

interface Waiting {
  readonly text: Promise<string | null>;
  readonly bytes: number;
}

export interface LineAnswersOptions {
  /** What comes of a line: a line of the answer, or none. */
  readonly answerTo: (line: Line) => Promise<string | null>;
  /** What is said of a body that breaks off before its end. */
  readonly brokenOff: (error: unknown) => string;
  /** Lines that are worked on at once. */
  readonly maxAtOnce: number;
  /** Bytes of theirs beyond which no further line is read. */
  readonly maxBytes: number;
}

/**
 * A line of answer for each line of a request, in their order. Lines are worked on side by side, and further ones are read
 * only as answers are taken: a caller who doesn't read them isn't read either.
 */
export function lineAnswers(
  { lines, cancel }: Lines,
  { answerTo, brokenOff, maxAtOnce, maxBytes }: LineAnswersOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const waiting: Waiting[] = [];
  let bytesWaiting = 0;
  let isOver = false;
  let isBegun = false;
  let wakeReader = () => {};
  let wakeWriter = () => {};

  const isFull = () => waiting.length >= maxAtOnce || bytesWaiting >= maxBytes;

  function add(text: Promise<string | null>, bytes: number): void {
    // What fails is told when its turn comes.
    text.catch(() => {});
    waiting.push({ text, bytes });
    bytesWaiting += bytes;
    wakeWriter();
  }

  async function readAll(): Promise<void> {
    try {
      for await (const line of lines) {
        add(answerTo(line), line.bytes?.length ?? 0);
        while (isFull() && !isOver) await new Promise<void>((resolve) => (wakeReader = resolve));
        if (isOver) return;
      }
    } catch (error) {
      add(Promise.resolve(brokenOff(error)), 0);
    }
    isOver = true;
    wakeWriter();
  }

  /** The next line of answer, null at the end. */
  async function next(): Promise<string | null> {
    for (;;) {
      const [first] = waiting;
      if (first) {
        const text = await first.text;
        waiting.shift();
        bytesWaiting -= first.bytes;
        wakeReader();
        if (text !== null) return text;
      } else if (isOver) {
        return null;
      } else {
        await new Promise<void>((resolve) => (wakeWriter = resolve));
      }
    }
  }

  return new ReadableStream(
    {
      async pull(controller) {
        if (!isBegun) readAll();
        isBegun = true;
        const text = await next();
        if (text === null) controller.close();
        else controller.enqueue(utf8(text));
      },
      cancel() {
        isOver = true;
        wakeReader();
        wakeWriter();
        cancel();
      },
    },
    { highWaterMark: 0 },
  );
}
