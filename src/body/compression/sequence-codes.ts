import { damage } from "./damage.ts";
import { type FseTable, fseTable, onlySymbol, readFseTable } from "./fse.ts";

/** A code stands for a number: a base and so many bits behind it (RFC 8878, 3.1.1.3.2.1). */
export interface Codes {
  readonly bases: readonly number[];
  readonly bitCounts: readonly number[];
  readonly maxAccuracyLog: number;
  /** The table of a block that brings none of its own. */
  readonly usual: FseTable;
}

const literalBits = [...zeros(16), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const matchBits = [...zeros(32), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const offsetBits = Array.from({ length: 32 }, (_, code) => code);

export const literalLengths: Codes = {
  bases: basesOf(literalBits, 0),
  bitCounts: literalBits,
  maxAccuracyLog: 9,
  usual: fseTable([4, 3, ...twos(11), 1, 1, 1, ...twos(9), 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1], 6),
};
export const matchLengths: Codes = {
  bases: basesOf(matchBits, 3),
  bitCounts: matchBits,
  maxAccuracyLog: 9,
  usual: fseTable([1, 4, 3, ...twos(6), ...ones(37), -1, -1, -1, -1, -1, -1, -1], 6),
};
export const offsets: Codes = {
  bases: offsetBits.map((bits) => 2 ** bits),
  bitCounts: offsetBits,
  maxAccuracyLog: 8,
  usual: fseTable([...ones(6), 2, 2, 2, ...ones(15), -1, -1, -1, -1, -1], 5),
};

function zeros(count: number): number[] {
  return new Array<number>(count).fill(0);
}

function ones(count: number): number[] {
  return new Array<number>(count).fill(1);
}

function twos(count: number): number[] {
  return new Array<number>(count).fill(2);
}

/** Each code begins where the one before ends. */
function basesOf(bitCounts: readonly number[], first: number): number[] {
  let next = first;
  return bitCounts.map((bits) => {
    const base = next;
    next += 2 ** bits;
    return base;
  });
}

const USUAL = 0;
const ONE_SYMBOL = 1;
const OWN = 2;

/** The table of a block for such codes, in the bytes from their beginning on, and how many of them it has. */
export function readTable(bytes: Uint8Array, codes: Codes, mode: number, last: FseTable | undefined) {
  const maxSymbol = codes.bases.length - 1;
  if (mode === USUAL) return { table: codes.usual, byteCount: 0 };
  if (mode === OWN) return readFseTable(bytes, codes.maxAccuracyLog, maxSymbol);
  if (mode === ONE_SYMBOL) {
    const symbol = bytes[0] ?? maxSymbol + 1;
    if (symbol > maxSymbol) throw damage("a table has more symbols than there are");
    return { table: onlySymbol(symbol), byteCount: 1 };
  }
  if (last === undefined) throw damage("it refers to what isn't there");
  return { table: last, byteCount: 0 };
}
