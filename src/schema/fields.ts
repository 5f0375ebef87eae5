import type { Int64 as Int64Value } from "../json/value.ts";
import type { ExtFields } from "../wire/remoting-command.ts";
import { toInt64 } from "./integer.ts";
import { Int32, Int64, type TSchema, Type } from "./types.ts";

/** One field of a header: its JSON Schema for people, its text for the wire. */
export interface Field<T, Optional extends boolean = boolean> {
  readonly schema: TSchema;
  readonly optional: Optional;
  /** Its name on the wire, where that differs (send v2 calls its fields a to n). */
  readonly wire?: string;
  encode(value: T): string;
  /** Undefined when the text is no such value: Java's decoders leave the field null then. */
  decode(text: string): T | undefined;
  /** Computes the field from the encoded body when the caller gave none. */
  derive?(body: Uint8Array): T;
}

/** The fields of a header by their names in Java. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

type ValueOf<F> = F extends Field<infer T> ? T : never;
type RequiredNames<F extends Fields> = {
  [K in keyof F]: F[K] extends Field<ValueOf<F[K]>, false> ? K : never;
}[keyof F];

/** The values that a header takes. */
export type Values<F extends Fields> = { readonly [K in RequiredNames<F>]: ValueOf<F[K]> } & {
  readonly [K in Exclude<keyof F, RequiredNames<F>>]?: ValueOf<F[K]> | undefined;
};

/** What arrived: any field may be absent, since no server enforces the required ones. */
export type Decoded<F extends Fields> = { readonly [K in keyof F]?: ValueOf<F[K]> };

interface FieldOptions {
  readonly wire?: string;
}

export function text(description: string, options: FieldOptions = {}): Field<string, false> {
  const same = (value: string) => value;
  return { schema: Type.String({ description }), optional: false, encode: same, decode: same, ...options };
}

export function i32(description: string, options: FieldOptions = {}): Field<number, false> {
  const decode = (value: string) => {
    const number = toInt64(value);
    return typeof number === "number" && number === (number | 0) ? number : undefined;
  };
  return { schema: Int32(description), optional: false, encode: String, decode, ...options };
}

export function i64(description: string, options: FieldOptions = {}): Field<Int64Value, false> {
  return { schema: Int64(description), optional: false, encode: String, decode: toInt64, ...options };
}

export function bool(description: string, options: FieldOptions = {}): Field<boolean, false> {
  // Boolean.parseBoolean: anything but "true" is false.
  const decode = (value: string) => value.toLowerCase() === "true";
  return { schema: Type.Boolean({ description }), optional: false, encode: String, decode, ...options };
}

/** The name of a value of an enumeration in Java. */
export function oneOf<const V extends string>(
  description: string,
  values: readonly V[],
  options: FieldOptions = {},
): Field<V, false> {
  const decode = (value: string) => values.find((each) => each === value);
  return { schema: Type.Enum([...values], { description }), optional: false, encode: String, decode, ...options };
}

/** A field that may be left out. */
export function optional<T>(field: Field<T>): Field<T, true> {
  return { ...field, optional: true };
}

/** A field that is computed from the encoded body. */
export function derived<T>(field: Field<T>, derive: (body: Uint8Array) => T): Field<T, true> {
  return { ...field, optional: true, derive };
}

const entries = new WeakMap<Fields, readonly (readonly [name: string, field: Field<unknown>])[]>();

/** The fields of a header one by one; listed once, since a header is defined once and used for every call. */
function entriesOf(fields: Fields) {
  let listed = entries.get(fields);
  if (listed === undefined) {
    listed = Object.entries(fields);
    entries.set(fields, listed);
  }
  return listed;
}

/** The extFields for these values; absent ones are left out. */
export function encodeFields<F extends Fields>(fields: F, values: Values<F>, body: Uint8Array | null): ExtFields {
  const given: Record<string, unknown> = values;
  const texts: Record<string, string> = {};
  for (const [name, field] of entriesOf(fields)) {
    const value = given[name] ?? (body && field.derive?.(body));
    if (value !== undefined && value !== null) texts[field.wire ?? name] = field.encode(value);
  }
  return texts;
}

/** The values in the extFields, unknown names left aside. */
export function decodeFields<F extends Fields>(fields: F, extFields: ExtFields | null): Decoded<F> {
  const values: Record<string, unknown> = {};
  for (const [name, field] of entriesOf(fields)) {
    const wire = field.wire ?? name;
    const value = extFields && Object.hasOwn(extFields, wire) ? field.decode(extFields[wire] as string) : undefined;
    if (value !== undefined) values[name] = value;
  }
  return values as Decoded<F>;
}
