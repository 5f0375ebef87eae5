import { stringifyJson } from "../json/strict.ts";
import type { JsonObject } from "../json/value.ts";
import type { Limits } from "../limits.ts";

/** One event of a session, ready to be sent. */
export interface LoggedEvent {
  /** Events are numbered from 1. */
  readonly id: number;
  readonly name: string;
  /** What it says, as JSON in one line. */
  readonly json: string;
}

/** Reads the events of a session in their order. */
export interface EventReader {
  /**
   * The next event once there is one, null when no more will come. What was dropped before it could be read is told by
   * an event `gap`. To be called again only when that promise is settled.
   */
  next(): Promise<LoggedEvent | null>;
  /** Ends it, also while somebody waits for the next one. Idempotent. */
  close(): void;
}

/** The latest events of a session. However slow its readers are, it keeps no more than its limits allow. */
export interface EventLog {
  /** Adds an event; `describe` is told its number. */
  append(name: string, describe: (id: number) => JsonObject): number;
  /** The number of the latest event, 0 before the first. */
  readonly lastId: number;
  /** Reads what follows on this number; without one, what nobody has read yet. */
  read(afterId?: number): EventReader;
  /** No event will follow. */
  end(): void;
}

export function createEventLog(limits: Pick<Limits, "maxEventsKept" | "maxKeptEventBytes">): EventLog {
  const kept: LoggedEvent[] = [];
  const waiting = new Set<() => void>();
  let keptChars = 0;
  let lastId = 0;
  /** The latest event that any reader has got. */
  let readId = 0;
  let isOver = false;

  function wake(): void {
    const woken = [...waiting];
    waiting.clear();
    for (const look of woken) look();
  }

  /** The newest event stays, however long it is: somebody may have to answer it. */
  function shrink(): void {
    while (kept.length > 1 && (kept.length > limits.maxEventsKept || keptChars > limits.maxKeptEventBytes)) {
      keptChars -= kept.shift()?.json.length ?? 0;
    }
  }

  function reader(afterId: number): EventReader {
    let position = Math.min(afterId, lastId);
    let isClosed = false;
    let wakeUp = () => {};

    /** Undefined while there is nothing to read. */
    function take(): LoggedEvent | null | undefined {
      if (isClosed) return null;
      const [oldest] = kept;
      if (oldest === undefined || position >= lastId) return isOver ? null : undefined;
      const from = position + 1;
      const isGap = from < oldest.id;
      position = isGap ? oldest.id - 1 : from;
      readId = Math.max(readId, position);
      if (isGap) return { id: position, name: "gap", json: stringifyJson({ from, to: position }) };
      return kept[from - oldest.id] ?? null;
    }

    return {
      async next() {
        for (;;) {
          const event = take();
          if (event !== undefined) return event;
          const { promise, resolve } = Promise.withResolvers<void>();
          wakeUp = resolve;
          waiting.add(resolve);
          await promise;
        }
      },
      close() {
        isClosed = true;
        waiting.delete(wakeUp);
        wakeUp();
      },
    };
  }

  return {
    append(name, describe) {
      const id = lastId + 1;
      const json = stringifyJson(describe(id));
      kept.push({ id, name, json });
      lastId = id;
      keptChars += json.length;
      shrink();
      wake();
      return id;
    },
    get lastId() {
      return lastId;
    },
    read: (afterId = readId) => reader(afterId),
    end() {
      isOver = true;
      wake();
    },
  };
}
