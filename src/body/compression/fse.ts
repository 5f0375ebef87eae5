import { type Bits, forwardBits, log2 } from "./bits.ts";
import { damage } from "./damage.ts";

/** A decoding table of Finite State Entropy (RFC 8878, 4.1): by state, its symbol and how the next state is found. */
export interface FseTable {
  /** The first state is so many bits. */
  readonly accuracyLog: number;
  readonly symbols: Uint8Array;
  readonly bitCounts: Uint8Array;
  readonly bases: Uint16Array;
}

const MIN_ACCURACY_LOG = 5;
/** A symbol of this probability has a single state, and all bits are read behind it. */
const LESS_THAN_ONE = -1;

/** The table for how often each symbol comes, where all add up to a power of 2. */
export function fseTable(frequencies: readonly number[], accuracyLog: number): FseTable {
  const size = 1 << accuracyLog;
  const symbols = new Uint8Array(size);
  const bitCounts = new Uint8Array(size);
  const bases = new Uint16Array(size);
  const next = spread(frequencies, symbols);
  for (let state = 0; state < size; state++) {
    const symbol = symbols[state] as number;
    const rank = next[symbol] as number;
    next[symbol] = rank + 1;
    const bitCount = accuracyLog - log2(rank);
    bitCounts[state] = bitCount;
    bases[state] = (rank << bitCount) - size;
  }
  return { accuracyLog, symbols, bitCounts, bases };
}

/** Gives each symbol its states. Returns the rank of each symbol's first one. */
function spread(frequencies: readonly number[], symbols: Uint8Array): Uint16Array {
  const size = symbols.length;
  const next = new Uint16Array(frequencies.length);
  let high = size;
  for (const [symbol, frequency] of frequencies.entries()) {
    if (frequency !== LESS_THAN_ONE) continue;
    symbols[--high] = symbol;
    next[symbol] = 1;
  }
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  for (const [symbol, frequency] of frequencies.entries()) {
    if (frequency <= 0) continue;
    next[symbol] = frequency;
    for (let count = frequency; count > 0; count--) {
      symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at >= high);
    }
  }
  return next;
}

/** The table in which every state has the same symbol. */
export function onlySymbol(symbol: number): FseTable {
  return { accuracyLog: 0, symbols: Uint8Array.of(symbol), bitCounts: new Uint8Array(1), bases: new Uint16Array(1) };
}

/**
 * Reads a table at the beginning of the bytes, and tells how many of them it has (RFC 8878, 4.1.1). Throws `undecodable`
 * for one that is finer than allowed or has higher symbols.
 */
export function readFseTable(
  bytes: Uint8Array,
  maxAccuracyLog: number,
  maxSymbol: number,
): { table: FseTable; byteCount: number } {
  const bits = forwardBits(bytes);
  const accuracyLog = bits.read(4) + MIN_ACCURACY_LOG;
  if (accuracyLog > maxAccuracyLog) throw damage("a table is finer than allowed");
  const frequencies: number[] = [];
  let remaining = 1 << accuracyLog;
  while (remaining > 0) {
    const frequency = readFrequency(bits, remaining);
    frequencies.push(frequency);
    remaining -= Math.abs(frequency);
    if (frequency === 0) readZeros(bits, frequencies, maxSymbol);
    if (bits.left < 0 || frequencies.length > maxSymbol + 1) throw damage("a table has more symbols than there are");
  }
  return { table: fseTable(frequencies, accuracyLog), byteCount: bytes.length - (bits.left >> 3) };
}

/** Small values take a bit less than large ones. */
function readFrequency(bits: Bits, remaining: number): number {
  const bitCount = log2(remaining + 1) + 1;
  const value = bits.peek(bitCount);
  const low = value & ((1 << (bitCount - 1)) - 1);
  const shortOnes = (1 << bitCount) - 1 - (remaining + 1);
  if (low < shortOnes) {
    bits.skip(bitCount - 1);
    return low - 1;
  }
  bits.skip(bitCount);
  return (value >> (bitCount - 1) ? value - shortOnes : value) - 1;
}

/** Behind a symbol that never comes: how many more of them, 3 for at least so many. */
function readZeros(bits: Bits, frequencies: number[], maxSymbol: number): void {
  for (;;) {
    const count = bits.read(2);
    for (let i = 0; i < count; i++) frequencies.push(0);
    if (count < 3 || frequencies.length > maxSymbol + 1) return;
  }
}
