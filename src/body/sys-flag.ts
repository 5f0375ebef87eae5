/** Bits of a message's sysFlag (MessageSysFlag). */
export const sysFlags = {
  compressed: 0x1,
  multiTags: 0x2,
  /** A half message; with `commit` together it is one that was rolled back. */
  prepared: 0x4,
  commit: 0x8,
  bornHostV6: 0x10,
  storeHostV6: 0x20,
  /** The body is a batch, to be taken apart by whoever reads it. */
  needUnwrap: 0x40,
  innerBatch: 0x80,
} as const;

const UNWRAPPED_BY_READER = sysFlags.innerBatch | sysFlags.needUnwrap;
const COMPRESSION_SHIFT = 8;
const COMPRESSION_MASK = 0x7;

/** The number of the kind of compression: 0 and 3 zlib, 1 LZ4, 2 Zstandard. */
export function compressionOf(sysFlag: number): number {
  return (sysFlag >> COMPRESSION_SHIFT) & COMPRESSION_MASK;
}

/** Whether the body is several messages. */
export function isInnerBatch(sysFlag: number): boolean {
  return (sysFlag & UNWRAPPED_BY_READER) === UNWRAPPED_BY_READER;
}
