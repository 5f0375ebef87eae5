import { Fault } from "../errors.ts";
import { LENGTH_BYTES } from "./frame.ts";

const INITIAL_BYTES = 4_096;

/** Cuts a byte stream into frames. */
export interface FrameCutter {
  /**
   * Takes the next chunk, of any size, and returns the frames that it completes, each without its length field. Frames
   * that lie whole in the chunk are views of it. Throws `undecodable` on a length that no frame can have; after that
   * the stream can't be read on.
   */
  push(chunk: Uint8Array): Uint8Array[];
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

  function lengthAt(bytes: Uint8Array, at: number): number {
    const length = new DataView(bytes.buffer, bytes.byteOffset + at).getInt32(0);
    if (length < LENGTH_BYTES || length > maxFrameBytes - LENGTH_BYTES) {
      throw new Fault(
        "undecodable",
        `Cannot cut frame: length ${length} is outside 4 to ${maxFrameBytes - LENGTH_BYTES}`,
      );
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
  function complete(chunk: Uint8Array, frames: Uint8Array[]): number {
    let at = 0;
    while (buffered > 0 && at < chunk.length) {
      const end = Math.min(chunk.length, at + missing());
      keep(chunk.subarray(at, end));
      at = end;
      if (buffered >= LENGTH_BYTES && missing() === 0) {
        frames.push(partial.subarray(LENGTH_BYTES, buffered));
        partial = new Uint8Array(0);
        buffered = 0;
      }
    }
    return at;
  }

  return {
    push(chunk) {
      const frames: Uint8Array[] = [];
      let at = complete(chunk, frames);
      while (chunk.length - at >= LENGTH_BYTES) {
        const end = at + LENGTH_BYTES + lengthAt(chunk, at);
        if (end > chunk.length) break;
        frames.push(chunk.subarray(at + LENGTH_BYTES, end));
        at = end;
      }
      if (at < chunk.length) keep(chunk.subarray(at));
      return frames;
    },
    get buffered() {
      return buffered;
    },
  };
}
