import { backwardBits, log2 } from "./bits.ts";
import { damage } from "./damage.ts";
import { type FseTable, readFseTable } from "./fse.ts";

/** A Huffman code (RFC 8878, 4.2): by the next `maxBits` bits, the symbol and how many of the bits are its own. */
export interface HuffmanTable {
  readonly maxBits: number;
  readonly symbols: Uint8Array;
  readonly bitCounts: Uint8Array;
}

const MAX_BITS = 11;
const MAX_WEIGHTS_ACCURACY_LOG = 6;
const MAX_SYMBOLS = 256;
/** A header byte from here on says how many weights of 4 bits follow, one below it how many bytes of coded ones. */
const DIRECT = 128;

/** Reads a code at the beginning of the bytes, and tells how many of them it has. */
export function readHuffmanTable(bytes: Uint8Array): { table: HuffmanTable; byteCount: number } {
  const header = bytes[0];
  if (header === undefined) throw damage("it is cut off");
  const count = header - DIRECT + 1;
  const length = header < DIRECT ? header : (count + 1) >> 1;
  const described = bytes.subarray(1, 1 + length);
  if (described.length < length) throw damage("it is cut off");
  const weights = header < DIRECT ? codedWeights(described) : directWeights(described, count);
  return { table: huffmanTable(weights), byteCount: 1 + length };
}

function directWeights(bytes: Uint8Array, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const byte = bytes[index >> 1] as number;
    return index & 1 ? byte & 0xf : byte >> 4;
  });
}

/** Two states take turns until the bits are used up. */
function codedWeights(bytes: Uint8Array): number[] {
  const { table, byteCount } = readFseTable(bytes, MAX_WEIGHTS_ACCURACY_LOG, MAX_BITS + 1);
  const bits = backwardBits(bytes.subarray(byteCount));
  const weights: number[] = [];
  let state = bits.read(table.accuracyLog);
  let other = bits.read(table.accuracyLog);
  if (bits.left < 0) throw damage("it is cut off");
  while (weights.length < MAX_SYMBOLS) {
    weights.push(table.symbols[state] as number);
    const next = nextState(table, state, bits.read(table.bitCounts[state] as number));
    if (bits.left < 0) {
      weights.push(table.symbols[other] as number);
      return weights;
    }
    state = other;
    other = next;
  }
  throw damage("a Huffman code has too many symbols");
}

function nextState({ bases }: FseTable, state: number, bits: number): number {
  return (bases[state] as number) + bits;
}

/** The code for these weights, and one more of the weight that completes it. */
function huffmanTable(weights: number[]): HuffmanTable {
  let sum = 0;
  for (const weight of weights) {
    if (weight > MAX_BITS) throw damage("a Huffman code is longer than allowed");
    if (weight > 0) sum += 1 << (weight - 1);
  }
  const maxBits = sum > 0 ? log2(sum) + 1 : 0;
  const missing = (1 << maxBits) - sum;
  if (maxBits === 0 || maxBits > MAX_BITS || (missing & (missing - 1)) !== 0 || weights.length >= MAX_SYMBOLS) {
    throw damage("a Huffman code is not complete");
  }
  weights.push(log2(missing) + 1);
  const symbols = new Uint8Array(1 << maxBits);
  const bitCounts = new Uint8Array(1 << maxBits);
  let at = 0;
  // The longest codes come first.
  for (let weight = 1; weight <= maxBits; weight++) {
    for (const [symbol, own] of weights.entries()) {
      if (own !== weight) continue;
      const end = at + (1 << (weight - 1));
      symbols.fill(symbol, at, end);
      bitCounts.fill(maxBits + 1 - weight, at, end);
      at = end;
    }
  }
  return { maxBits, symbols, bitCounts };
}

/** Fills `to` with the symbols of a stream, which must have exactly so many. */
export function decodeHuffman({ maxBits, symbols, bitCounts }: HuffmanTable, stream: Uint8Array, to: Uint8Array): void {
  const bits = backwardBits(stream);
  for (let i = 0; i < to.length; i++) {
    const code = bits.peek(maxBits);
    to[i] = symbols[code] as number;
    bits.skip(bitCounts[code] as number);
  }
  if (bits.left !== 0) throw damage("a stream of bits has another length than announced");
}
