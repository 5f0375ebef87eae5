import { type TSchema, Type } from "../schema/types.ts";

/** A list: one page of it, and the cursor of the next, null where there is none. */
export function ListOf<S extends TSchema>(item: S) {
  return Type.Object({ data: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) });
}
