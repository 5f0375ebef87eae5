/** Bytes that look random, so that lost, doubled and swapped parts change the digest. */
export function pattern(length: number, seed = 0): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = Math.imul(i + seed, 0x9e3779b1) >>> 24;
  return bytes;
}

/** How many bytes there were and their FNV-1a hash. */
export interface Digest {
  readonly bytes: number;
  readonly hash: number;
}

const empty: Digest = { bytes: 0, hash: 0x811c9dc5 };

/** The digest of everything, chunk after chunk; goes on from an earlier one. */
export function digest(chunk: Uint8Array, before: Digest = empty): Digest {
  let hash = before.hash;
  for (let i = 0; i < chunk.length; i++) hash = Math.imul(hash ^ (chunk[i] ?? 0), 0x01000193);
  return { bytes: before.bytes + chunk.length, hash };
}

export async function digestOf(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Digest> {
  let sum = empty;
  if (maxBytes === 0) return sum;
  for await (const chunk of chunks) {
    sum = digest(chunk, sum);
    if (sum.bytes >= maxBytes) break;
  }
  return sum;
}
