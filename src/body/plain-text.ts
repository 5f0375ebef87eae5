import { fromUtf8, utf8 } from "../bytes/utf8.ts";
import { Type } from "../schema/types.ts";
import type { BodyCodec } from "./codec.ts";

/** A body that is nothing but a text. */
export const plainText: BodyCodec<string> = {
  schema: Type.String(),
  encode: utf8,
  decode: (bytes) => fromUtf8(bytes, "text"),
};
