import Type, { type Static, type TSchema } from "typebox";
import type { Int64 as Int64Value } from "../json/value.ts";

/** The JSON Schema building blocks of every header, body and route. */
export { type Static, type TSchema, Type };

const MIN_INT32 = -2_147_483_648;
const MAX_INT32 = 2_147_483_647;
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

export interface Range {
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A signed 32-bit integer. */
export function Int32(description: string, { minimum = MIN_INT32, maximum = MAX_INT32 }: Range = {}) {
  return Type.Integer({ description, format: "int32", minimum, maximum });
}

/**
 * A signed 64-bit integer: a number while it is a safe one, else a bigint, so both types pass the check. What the
 * outside reads is a plain integer (see {@link publicSchema}).
 */
export function Int64(description: string, { minimum, maximum }: Range = {}) {
  return Type.Unsafe<Int64Value>({
    type: ["integer", "bigint"],
    format: "int64",
    description,
    minimum: minimum ?? MIN_INT64,
    maximum: maximum ?? MAX_INT64,
  });
}

/** A text that is not empty. */
export function Name(description: string) {
  return Type.String({ description, minLength: 1 });
}

// A URL takes these for a way and can't carry them as a segment.
const NO_DOTS = "^(?!\\.{1,2}$)";

/** A text that is not empty and can be a segment of a path. */
export function PathName(description: string) {
  return Type.String({ description, minLength: 1, pattern: NO_DOTS });
}

export const INTEGER_KEY = "^-?[0-9]+$";

/** A map by integer, such as broker ids. Its keys are text in JSON; fastjson writes them bare. */
export function IntegerKeyed<V extends TSchema>(value: V, description: string) {
  return Type.Record(Type.String({ pattern: INTEGER_KEY }), value, { description });
}

/** The schema's value or null. */
export function Nullable<S extends TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()]);
}

const PORT = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
const HOST_AND_PORT = `^(\\[[0-9A-Fa-f:.%]+\\]|[^\\s:/\\[\\]]+):${PORT}$`;

const DATE = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
const TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])";
const MOMENT = `[0-9]{1,15}|${DATE}[Tt]${TIME}`;
const ONE_MOMENT = `^(${MOMENT})$`;
const MOMENT_OR_START = `^(earliest|latest|${MOMENT})$`;
const MOMENT_OR_END = `^(min|max|${MOMENT})$`;

/** What a pattern asks for, in words. */
export const formOfPattern: ReadonlyMap<string, string> = new Map([
  [HOST_AND_PORT, "host:port or [IPv6]:port"],
  [NO_DOTS, 'another name than "." and ".."'],
  [ONE_MOMENT, "epoch milliseconds or a time as RFC 3339 has it"],
  [MOMENT_OR_START, "earliest, latest, epoch milliseconds or a time as RFC 3339 has it"],
  [MOMENT_OR_END, "min, max, epoch milliseconds or a time as RFC 3339 has it"],
]);

/** A moment in a query: epoch milliseconds, or as RFC 3339 has it. `momentOf` reads it. */
export function Moment(description: string) {
  return Type.String({ description, pattern: ONE_MOMENT, examples: ["2026-01-31T12:00:00Z"] });
}

/** The same, or `min` or `max`: an end of what is meant. */
export function MomentOrEnd(description: string) {
  return Type.String({ description, pattern: MOMENT_OR_END, examples: ["2026-01-31T12:00:00Z"] });
}

/** The same, or `earliest` or `latest`: where to begin. */
export function MomentOrStart(description: string) {
  return Type.String({ description, pattern: MOMENT_OR_START, examples: ["earliest"] });
}

/** A host and a port: a name, an IPv4 address or an [IPv6] address. */
export function HostAndPort(description: string) {
  return Type.String({ description, pattern: HOST_AND_PORT, maxLength: 512, examples: ["10.0.0.7:10911"] });
}

/** The schema as pure JSON Schema: "bigint" is our own word and means a large integer. */
export function publicSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(publicSchema);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === "type" && Array.isArray(value) && value.includes("bigint") ? "integer" : publicSchema(value),
    ]),
  );
}
