import { concat as stdConcat, equals as stdEquals } from "@std/bytes";

/** Joins the arrays into one; a single array is returned as it is, uncopied. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : stdConcat(parts);
}

/** Whether both arrays hold the same bytes. */
export const equals: (a: Uint8Array, b: Uint8Array) => boolean = stdEquals;
