/**
 * Reads what Java wrote, with no line in common with the gateway's own codecs: golden data that was checked by the code
 * under test would prove nothing.
 */
export interface Cursor {
  readonly left: () => number;
  readonly int8: () => number;
  readonly int16: () => number;
  readonly int32: () => number;
  readonly uint32: () => number;
  readonly int64: () => string;
  readonly bytes: (length: number) => Uint8Array;
  readonly text: (length: number) => string;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function cursorOver(bytes: Uint8Array): Cursor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const skip = (length: number) => {
    if (length < 0 || at + length > bytes.length)
      throw new Error(`Cannot read ${length} bytes: ${bytes.length - at} left`);
    at += length;
    return at - length;
  };
  const take = (length: number) => {
    const start = skip(length);
    return bytes.slice(start, start + length);
  };
  return {
    left: () => bytes.length - at,
    int8: () => view.getInt8(skip(1)),
    int16: () => view.getInt16(skip(2)),
    int32: () => view.getInt32(skip(4)),
    uint32: () => view.getUint32(skip(4)),
    int64: () => view.getBigInt64(skip(8)).toString(),
    bytes: take,
    text: (length) => utf8.decode(take(length)),
  };
}

export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** UtilAll.crc32 of Java: the sign bit is dropped. */
export function crc32(bytes: Uint8Array): number {
  return Bun.hash.crc32(bytes) & 0x7fffffff;
}
