import type { TSchema } from "../schema/types.ts";

/** What a body codec may go by besides the bytes. */
export interface BodyContext {
  /** MQVersion ordinal: on encoding that of the reader as far as it is known, on decoding that of the sender. */
  readonly version: number;
  /** The decoded header of the same command. */
  readonly header: Readonly<Record<string, unknown>>;
  /** Write strict JSON, as some clients ask a name server to. */
  readonly standardJson?: boolean;
}

/** How the body of a command is read and written. */
export interface BodyCodec<T> {
  readonly schema: TSchema;
  encode(value: T, context: BodyContext): Uint8Array;
  /** Whether the bytes in this context are strict JSON of what `decode` gives. Default: never. */
  isStrictJson?(context: BodyContext): boolean;
  /** Throws an `undecodable` fault on bytes that are no such body. */
  decode(bytes: Uint8Array, context: BodyContext): T;
}
