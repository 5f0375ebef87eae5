// The npm mirror of std ships JavaScript without types; these are the functions in use.
declare module "@std/bytes" {
  /** Joins the buffers into one new array. */
  export function concat(buffers: readonly Uint8Array[]): Uint8Array<ArrayBuffer>;
  /** Whether both arrays hold the same bytes. */
  export function equals(a: Uint8Array, b: Uint8Array): boolean;
}
