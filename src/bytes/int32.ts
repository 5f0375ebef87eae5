/**
 * Big-endian integers straight in an array: a `DataView` would need the array's buffer, which engines make only when it
 * is asked for, at a cost beyond that of all else that is done to a small frame.
 * @module
 */

/** The integer of 32 bits with sign that begins at an index. There must be four bytes. */
export function int32At(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}

/** Writes an integer of 32 bits. */
export function setInt32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}
