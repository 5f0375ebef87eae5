import { concat } from "../bytes/concat.ts";

/** One line of a body, without its end. */
export interface Line {
  /** The first is 1. */
  readonly number: number;
  /** Null of one that is longer than lines may be. */
  readonly bytes: Uint8Array | null;
}

/** The lines of a stream of bytes. */
export interface Lines {
  readonly lines: AsyncIterable<Line>;
  /** Reads no further. */
  cancel(): void;
}

const LINE_FEED = 0x0a;

/** Cuts a stream into lines as they are asked for; of a line that is too long no more is kept than may be. */
export function linesIn(stream: ReadableStream<Uint8Array>, maxLineBytes: number): Lines {
  const reader = stream.getReader();

  async function* lines(): AsyncGenerator<Line> {
    let number = 1;
    let length = 0;
    let parts: Uint8Array[] = [];
    for (;;) {
      const { done, value: chunk } = await reader.read();
      if (done) break;
      let start = 0;
      while (start < chunk.length) {
        const end = chunk.indexOf(LINE_FEED, start);
        const part = chunk.subarray(start, end < 0 ? undefined : end);
        length += part.length;
        if (length <= maxLineBytes) parts.push(part);
        else parts = [];
        if (end < 0) break;
        yield { number, bytes: length <= maxLineBytes ? concat(parts) : null };
        [number, length, parts, start] = [number + 1, 0, [], end + 1];
      }
    }
    if (length > 0) yield { number, bytes: length <= maxLineBytes ? concat(parts) : null };
  }

  return { lines: lines(), cancel: () => void reader.cancel().catch(() => {}) };
}
