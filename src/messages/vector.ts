import { Fault } from "../errors.ts";
import { type Int64, int64, isInt64 } from "../json/value.ts";

/**
 * How far a reader is in every queue of a topic, as text that it may bring to any gateway:
 *
 *   1700000000000;b1:12,7,,3;b2:4
 *
 * The offset of the next message of each queue by its id, none for a queue that wasn't begun, and before them the time,
 * in epoch milliseconds, since when such a queue is read: 0 from its oldest message on. Broker names are
 * percent-encoded, so that it is ASCII and can be a header.
 */
export interface Vector {
  readonly since: number;
  /** By broker name, then by queue id. */
  readonly offsets: ReadonlyMap<string, readonly (Int64 | undefined)[]>;
}

/** The form of such a text, for schemas. */
export const VECTOR = "^[0-9]{1,15}(;[^;:,]+:[0-9]{0,19}(,[0-9]{0,19})*)*$";

/** What a vector says. Throws `invalid-argument` for a text that is none. */
export function parseVector(text: string): Vector {
  const [since = "", ...parts] = text.split(";");
  const offsets = new Map<string, (Int64 | undefined)[]>();
  if (!new RegExp(VECTOR).test(text)) throw noVector();
  for (const part of parts) {
    const [name = "", list = ""] = part.split(":");
    offsets.set(decoded(name), list.split(",").map(offsetOf));
  }
  return { since: Number(since), offsets };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw noVector();
  }
}

function offsetOf(text: string): Int64 | undefined {
  if (text === "") return undefined;
  const offset = int64(text);
  if (!isInt64(offset)) throw noVector();
  return offset;
}

function noVector(): Fault {
  return new Fault("invalid-argument", "Cannot go on there: that is no place in a topic");
}

/** A vector that moves on. */
export interface Places {
  get(brokerName: string, queueId: number): Int64 | undefined;
  set(brokerName: string, queueId: number, offset: Int64): void;
  /** The vector as it is now. */
  text(): string;
}

/** Begins where a vector is. */
export function createPlaces({ since, offsets }: Vector): Places {
  const byBroker = new Map([...offsets].map(([name, list]) => [name, [...list]]));
  // All but one broker are the same from one message to the next.
  const texts = new Map<string, string>();

  function textOf(brokerName: string, list: readonly (Int64 | undefined)[]): string {
    let text = texts.get(brokerName);
    if (text === undefined) {
      text = `;${encodeURIComponent(brokerName.toWellFormed())}:${Array.from(list, (offset) => offset ?? "").join(",")}`;
      texts.set(brokerName, text);
    }
    return text;
  }

  return {
    get: (brokerName, queueId) => byBroker.get(brokerName)?.[queueId],
    set(brokerName, queueId, offset) {
      const list = byBroker.get(brokerName) ?? [];
      list[queueId] = offset;
      byBroker.set(brokerName, list);
      texts.delete(brokerName);
    },
    text: () => `${since}${[...byBroker].map(([name, list]) => textOf(name, list)).join("")}`,
  };
}
