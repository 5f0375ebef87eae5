/** Reads of one thing at one time are one read, and may be kept for a while. */
export interface Coalescer<T> {
  /** What `read` gives, or what a read of the same key that is under way, or fresh enough, gives. */
  share(key: string, read: () => Promise<T>): Promise<T>;
  /** Forgets everything: a read that begins now must see what was changed before. */
  forget(): void;
}

export interface CoalescerOptions<T> {
  /** How long a result is kept, milliseconds; 0: not beyond the reads that share it. */
  readonly ttlMillis: number;
  /** How many results are kept at most; the oldest goes first. */
  readonly maxEntries: number;
  /** Whether a result may be kept. */
  readonly isKept: (value: T) => boolean;
}

export function coalescer<T>({ ttlMillis, maxEntries, isKept }: CoalescerOptions<T>): Coalescer<T> {
  let underWay = new Map<string, Promise<T>>();
  let kept = new Map<string, { readonly value: T; readonly until: number }>();

  async function run(key: string, read: () => Promise<T>, home: Map<string, Promise<T>>): Promise<T> {
    try {
      const value = await read();
      // One that began before a change is not kept beyond it.
      if (ttlMillis > 0 && home === underWay && isKept(value)) keep(key, value);
      return value;
    } finally {
      home.delete(key);
    }
  }

  function keep(key: string, value: T): void {
    kept.delete(key);
    kept.set(key, { value, until: performance.now() + ttlMillis });
    const [oldest] = kept.keys();
    if (kept.size > maxEntries && oldest !== undefined) kept.delete(oldest);
  }

  return {
    async share(key, read) {
      const fresh = kept.get(key);
      if (fresh && fresh.until > performance.now()) return fresh.value;
      const shared = underWay.get(key);
      if (shared) return shared;
      const mine = run(key, read, underWay);
      underWay.set(key, mine);
      return mine;
    },
    forget() {
      underWay = new Map();
      kept = new Map();
    },
  };
}
