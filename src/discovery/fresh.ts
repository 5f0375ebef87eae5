/** What was read a moment ago, by key. Whoever asks while it is being read shares that read. */
export interface Fresh<T> {
  /**
   * What `read` gives, now or less than the time to live ago. `since` (of performance.now) asks for what was begun to
   * be read no earlier than that. A read that fails is kept for nobody.
   */
  get(key: string, read: () => Promise<T>, since?: number): Promise<T>;
  /** Nothing that was begun to be read before now is given any more. */
  forget(): void;
}

export interface FreshOptions {
  /** How long it is kept once it is read, milliseconds; 0: shared while it is being read, and not kept. */
  readonly ttlMillis: number;
  /** How many are kept at most; the oldest goes first. */
  readonly maxEntries: number;
}

interface Entry<T> {
  readonly value: Promise<T>;
  readonly begunAt: number;
  until: number;
}

export function createFresh<T>({ ttlMillis, maxEntries }: FreshOptions): Fresh<T> {
  const entries = new Map<string, Entry<T>>();

  function begin(key: string, read: () => Promise<T>): Entry<T> {
    const entry = { value: read(), begunAt: performance.now(), until: Number.POSITIVE_INFINITY };
    const drop = () => {
      if (entries.get(key) === entry) entries.delete(key);
    };
    entry.value.then(() => {
      entry.until = performance.now() + ttlMillis;
      if (ttlMillis === 0) drop();
    }, drop);
    entries.delete(key);
    entries.set(key, entry);
    const [oldest] = entries.keys();
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
    return entry;
  }

  return {
    get(key, read, since = 0) {
      const entry = entries.get(key);
      const isFresh = entry !== undefined && entry.begunAt >= since && entry.until > performance.now();
      return (isFresh ? entry : begin(key, read)).value;
    },
    forget: () => entries.clear(),
  };
}
