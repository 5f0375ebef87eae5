import { int32At } from "../bytes/int32.ts";
import { Fault } from "../errors.ts";
import { LENGTH_BYTES } from "./frame.ts";

const INITIAL_BYTES = 4_096;

/** Cuts a byte stream into frames. */
export interface FrameCutter {
  /**
   * Takes the next chunk, of any size, and gives the frames that it completes, each without its length field. They are
   * cut as they are asked for, so iterate to the end. Frames that lie whole in the chunk are views of it. Throws
   * `undecodable` on a length that no frame can have, after the frames before it, wherever the chunks were parted; the
   * stream can't be read on then, and every further push throws the same.
   */
  push(chunk: Uint8Array): Iterable<Uint8Array>;
  /** Bytes of a frame not complete yet. */
  readonly buffered: number;
}

/**
 * A cutter for frames of up to `maxFrameBytes`, length field included, as Netty's decoder counts them. Memory grows
 * with the bytes that came, never with a length that was announced.
 */
export function frameCutter(maxFrameBytes: number): FrameCutter {
  let partial = new Uint8Array(0);
  let buffered = 0;
  let failure: Fault | undefined;

  function lengthAt(bytes: Uint8Array, at: number): number {
    const length = int32At(bytes, at);
    if (length < LENGTH_BYTES || length > maxFrameBytes - LENGTH_BYTES) {
      const reason = `length ${length} is outside ${LENGTH_BYTES} to ${maxFrameBytes - LENGTH_BYTES}`;
      failure = new Fault("undecodable", `Cannot cut frame: ${reason}`);
      throw failure;
    }
    return length;
  }

  function keep(bytes: Uint8Array): void {
    const needed = buffered + bytes.length;
    if (needed > partial.length) {
      const grown = new Uint8Array(Math.max(needed, partial.length * 2, INITIAL_BYTES));
      grown.set(partial.subarray(0, buffered));
      partial = grown;
    }
    partial.set(bytes, buffered);
    buffered = needed;
  }

  /** How many more bytes the frame under way needs, as far as its length is known. */
  function missing(): number {
    if (buffered < LENGTH_BYTES) return LENGTH_BYTES - buffered;
    return LENGTH_BYTES + lengthAt(partial, 0) - buffered;
  }

  /** Feeds the frame under way from the chunk; returns how many bytes it took. */
  function feed(chunk: Uint8Array): number {
    let at = 0;
    for (let wanted = missing(); wanted > 0 && at < chunk.length; wanted = missing()) {
      const end = Math.min(chunk.length, at + wanted);
      keep(chunk.subarray(at, end));
      at = end;
    }
    return at;
  }

  function takeFrame(): Uint8Array {
    const frame = partial.subarray(LENGTH_BYTES, buffered);
    partial = new Uint8Array(0);
    buffered = 0;
    return frame;
  }

  return {
    *push(chunk) {
      if (failure) throw failure;
      let at = 0;
      if (buffered > 0) {
        at = feed(chunk);
        if (missing() > 0) return;
        yield takeFrame();
      }
      while (chunk.length - at >= LENGTH_BYTES) {
        const end = at + LENGTH_BYTES + lengthAt(chunk, at);
        if (end > chunk.length) break;
        yield chunk.subarray(at + LENGTH_BYTES, end);
        at = end;
      }
      if (at < chunk.length) keep(chunk.subarray(at));
    },
    get buffered() {
      return buffered;
    },
  };
}
