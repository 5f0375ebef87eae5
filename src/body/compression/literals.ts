import { damage } from "./damage.ts";
import { decodeHuffman, type HuffmanTable, readHuffmanTable } from "./huffman.ts";
import type { Input } from "./input.ts";

const RAW = 0;
const REPEATED = 1;
const CODED = 2;
const STREAMS = 4;
/** The lengths of the first three of four streams stand before them. */
const JUMP_BYTES = 2;

/** The literals of a block, and the code that the next block may use as well. */
export interface Literals {
  readonly bytes: Uint8Array;
  readonly code: HuffmanTable | undefined;
}

/** Reads the section of literals (RFC 8878, 3.1.1.3.1). Throws `undecodable` on damage, and for more than `maxBytes`. */
export function readLiterals(from: Input, lastCode: HuffmanTable | undefined, maxBytes: number): Literals {
  const first = from.u8();
  const kind = first & 0b11;
  const format = (first >> 2) & 0b11;
  const check = (count: number) => {
    if (count > maxBytes) throw damage("a block is longer than it may be");
    return count;
  };
  if (kind === RAW || kind === REPEATED) {
    const count = check(plainCount(from, first, format));
    const bytes = kind === RAW ? from.take(count) : new Uint8Array(count).fill(from.u8());
    return { bytes, code: lastCode };
  }
  // Both counts have 10, 14 or 18 bits, behind the 4 of kind and format.
  const countBits = format < 2 ? 10 : format === 2 ? 14 : 18;
  const header = first + from.uint((4 + 2 * countBits) / 8 - 1) * 256;
  const count = check(Math.floor(header / 16) % 2 ** countBits);
  const content = from.take(Math.floor(header / 2 ** (4 + countBits)));
  const { table, byteCount } = kind === CODED ? readHuffmanTable(content) : { table: lastCode, byteCount: 0 };
  if (table === undefined) throw damage("it refers to what isn't there");
  const bytes = new Uint8Array(count);
  decodeStreams(table, content.subarray(byteCount), bytes, format === 0 ? 1 : STREAMS);
  return { bytes, code: table };
}

/** 5 bits of the first byte, or 4 with one or two bytes more. */
function plainCount(from: Input, first: number, format: number): number {
  if (format === 1) return (first >> 4) + from.u8() * 16;
  if (format === 3) return (first >> 4) + from.uint(2) * 16;
  return first >> 3;
}

function decodeStreams(code: HuffmanTable, content: Uint8Array, to: Uint8Array, streams: number): void {
  if (streams === 1) {
    decodeHuffman(code, content, to);
    return;
  }
  const share = Math.ceil(to.length / STREAMS);
  let at = JUMP_BYTES * (STREAMS - 1);
  for (let i = 0; i < STREAMS; i++) {
    const isLast = i === STREAMS - 1;
    const jump = JUMP_BYTES * i;
    const length = (content[jump] as number) | ((content[jump + 1] as number) << 8);
    const end = isLast ? content.length : at + length;
    if (at > content.length || end > content.length) throw damage("it is cut off");
    decodeHuffman(code, content.subarray(at, end), to.subarray(share * i, isLast ? to.length : share * (i + 1)));
    at = end;
  }
}
