const MODULUS = 65_521;
/** So many sums stay below 2^53 even of the largest bytes, so the remainder need not be taken at each. */
const RUN_BYTES = 65_536;

/** Adler-32 (RFC 1950), the checksum at the end of a zlib stream, unsigned. */
export function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let start = 0; start < bytes.length; start += RUN_BYTES) {
    const end = Math.min(bytes.length, start + RUN_BYTES);
    for (let i = start; i < end; i++) {
      a += bytes[i] as number;
      b += a;
    }
    a %= MODULUS;
    b %= MODULUS;
  }
  return b * 65_536 + a;
}
