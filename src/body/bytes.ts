import { Type } from "../schema/types.ts";
import type { BodyCodec } from "./codec.ts";

/** A body that is passed on as it is, such as a message or the records of a commit log. */
export const bytes: BodyCodec<Uint8Array> = {
  schema: Type.Unsafe<Uint8Array>({ type: "string", format: "binary" }),
  encode: (value) => value,
  decode: (value) => value,
};
