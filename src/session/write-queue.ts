import { concat } from "../bytes/concat.ts";
import type { Socket } from "../transport/socket.ts";
import { atEndOfTurn } from "./end-of-turn.ts";

/** A frame on its way out. */
export interface Outgoing {
  readonly bytes: Uint8Array;
  /** Called when from then on the peer may have all of it. */
  left(): void;
  /** Called once the runtime has taken the bytes. */
  sent(): void;
  /** Called when they could not be sent. */
  failed(reason: unknown): void;
}

export interface WriteQueue {
  push(frame: Outgoing): void;
  /** Bytes waiting, those of the write under way included. */
  readonly queuedBytes: number;
}

/**
 * Joins the frames of one turn, and those that come while a write is under way, into one write: a burst of calls costs
 * one system call, not one each, here and at the server. The first failed write ends the queue; everything in it and after it fails.
 */
export function writeQueue(socket: Socket, onFailure: (reason: unknown) => void): WriteQueue {
  let waiting: Outgoing[] = [];
  let queuedBytes = 0;
  let flushing = false;

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const [only] = batch;
      const bytes = batch.length === 1 && only ? only.bytes : concat(batch.map((frame) => frame.bytes));
      // A write that fails may have got a part through, and a peer acts on every frame that it has whole: not the last.
      for (const frame of batch.slice(0, -1)) frame.left();
      try {
        await socket.write(bytes);
      } catch (reason) {
        const lost = [...batch, ...waiting];
        waiting = [];
        queuedBytes = 0;
        for (const frame of lost) frame.failed(reason);
        onFailure(reason);
        return;
      }
      queuedBytes -= bytes.length;
      for (const frame of batch) {
        frame.left();
        frame.sent();
      }
    }
    flushing = false;
  }

  return {
    push(frame) {
      waiting.push(frame);
      queuedBytes += frame.bytes.length;
      if (flushing) return;
      flushing = true;
      atEndOfTurn(flush);
    },
    get queuedBytes() {
      return queuedBytes;
    },
  };
}
