import { uniqueId } from "../body/unique-id.ts";
import { Fault } from "../errors.ts";
import type { Limits } from "../limits.ts";
import { isNotStored } from "./certainty.ts";
import type { Delivery } from "./receipt.ts";

/** What was delivered under a key that a caller gave, so that to ask again delivers nothing twice. */
export interface KeptReceipts {
  /**
   * What came of so many messages under this key: of those that were delivered before what came of them then, of the
   * others what `deliver` makes of them now, under the ids that they had before. Whoever asks meanwhile shares it.
   * Rejects with `conflict` where `print` tells that the key was for something else.
   */
  once(key: string, print: string, count: number, deliver: Deliver): Promise<readonly Delivery[]>;
}

/** Delivers those of the messages that are named by index, each under its id; what came of each in their order. */
export type Deliver = (wanted: readonly Wanted[]) => Promise<readonly Delivery[]>;

export interface Wanted {
  readonly index: number;
  readonly msgId: string;
}

interface Entry {
  readonly print: string;
  readonly msgIds: readonly string[];
  /** What came of each last; undefined of one that wasn't tried. */
  readonly deliveries: (Delivery | undefined)[];
  running: Promise<readonly Delivery[]> | null;
  until: number;
}

/** Receipts in memory: for a while, and not too many of them. */
export function createKeptReceipts({
  idempotencyTtlMillis,
  maxKeptReceipts,
}: Pick<Limits, "idempotencyTtlMillis" | "maxKeptReceipts">): KeptReceipts {
  const entries = new Map<string, Entry>();
  let kept = 0;

  function drop(key: string, entry: Entry): void {
    if (entries.get(key) !== entry) return;
    entries.delete(key);
    kept -= entry.msgIds.length;
  }

  function tidy(): void {
    for (const [key, entry] of entries) {
      // The oldest stand first, and one that runs is asked for.
      if (entry.running !== null) continue;
      if (kept <= maxKeptReceipts && entry.until > performance.now()) break;
      drop(key, entry);
    }
  }

  function begin(key: string, print: string, count: number): Entry {
    const msgIds = Array.from({ length: count }, () => uniqueId());
    const entry: Entry = { print, msgIds, deliveries: [], running: null, until: Number.POSITIVE_INFINITY };
    entries.set(key, entry);
    kept += count;
    tidy();
    return entry;
  }

  async function run(key: string, entry: Entry, deliver: Deliver): Promise<readonly Delivery[]> {
    const { msgIds, deliveries } = entry;
    const wanted = msgIds.flatMap((msgId, index) => (deliveries[index]?.ok ? [] : [{ index, msgId }]));
    try {
      const own = wanted.length === 0 ? [] : await deliver(wanted);
      for (const [nth, { index }] of wanted.entries()) deliveries[index] = own[nth];
      return deliveries as Delivery[];
    } finally {
      entry.running = null;
      entry.until = performance.now() + idempotencyTtlMillis;
      // Behind those that are older, so that what stands first is over first.
      if (entries.delete(key)) entries.set(key, entry);
      if (deliveries.every(isNothing)) drop(key, entry);
    }
  }

  return {
    async once(key, print, count, deliver) {
      const known = entries.get(key);
      if (known && known.until <= performance.now()) drop(key, known);
      const entry = entries.get(key) ?? begin(key, print, count);
      if (entry.print !== print) {
        throw new Fault("conflict", "Cannot send: the Idempotency-Key was given with another body before", {
          hint: "A key is for one request and its repetitions: give the new one a new key.",
        });
      }
      entry.running ??= run(key, entry, deliver);
      return entry.running;
    },
  };
}

/** Whether nothing can have come of a message, so that its key may be used for another. */
function isNothing(delivery: Delivery | undefined): boolean {
  return delivery === undefined || (!delivery.ok && isNotStored(delivery.fault));
}
