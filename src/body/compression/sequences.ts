import { type Bits, backwardBits } from "./bits.ts";
import { damage } from "./damage.ts";
import type { FseTable } from "./fse.ts";
import type { History } from "./history.ts";
import { type Codes, literalLengths, matchLengths, offsets, readTable } from "./sequence-codes.ts";

/** What the sequences of a block leave to the next block. */
export interface Memory {
  tables: Tables | undefined;
  /** The last three distances, the latest first. */
  readonly distances: [number, number, number];
}

interface Tables {
  readonly literals: FseTable;
  readonly offsets: FseTable;
  readonly matches: FseTable;
}

/**
 * Carries out the sequences of a block (RFC 8878, 3.1.1.3.2 and 3.1.1.4): so many of its literals, then a repetition of
 * what came before; the literals that are left come last. Throws `undecodable` on damage, and for a block of more than
 * `maxBytes`.
 */
export function runSequences(
  section: Uint8Array,
  literals: Uint8Array,
  memory: Memory,
  out: History,
  maxBytes: number,
) {
  const end = out.length + maxBytes;
  const { count, byteCount } = readCount(section);
  const used = count > 0 ? run(count, section.subarray(byteCount), literals, memory, out, end) : 0;
  if (count === 0 && section.length > byteCount) throw damage("there are bytes behind a block");
  if (literals.length - used > end - out.length) throw damage("a block is longer than it may be");
  out.append(literals, used, literals.length);
}

function readCount(section: Uint8Array): { count: number; byteCount: number } {
  const [first, second = 0, third = 0] = section;
  if (first === undefined) throw damage("it is cut off");
  if (first < 128) return { count: first, byteCount: 1 };
  if (first < 255) return { count: (first - 128) * 256 + second, byteCount: 2 };
  return { count: second + third * 256 + 0x7f00, byteCount: 3 };
}

/** Returns how many of the literals were used. */
function run(count: number, section: Uint8Array, literals: Uint8Array, memory: Memory, out: History, end: number) {
  const { tables, byteCount } = readTables(section, memory.tables);
  memory.tables = tables;
  const bits = backwardBits(section.subarray(byteCount));
  const literal = decoderOf(literalLengths, tables.literals, bits);
  const offset = decoderOf(offsets, tables.offsets, bits);
  const match = decoderOf(matchLengths, tables.matches, bits);
  let used = 0;
  for (let left = count; left > 0; left--) {
    const offsetValue = offset.value();
    const matchLength = match.value();
    const literalLength = literal.value();
    if (bits.left < 0 || literalLength > literals.length - used) throw damage("it is cut off");
    if (literalLength + matchLength > end - out.length) throw damage("a block is longer than it may be");
    out.append(literals, used, used + literalLength);
    used += literalLength;
    out.repeat(distanceOf(offsetValue, literalLength === 0, memory.distances), matchLength);
    // The last sequence has no state behind it.
    if (left === 1) break;
    literal.go();
    match.go();
    offset.go();
  }
  if (bits.left !== 0) throw damage("a stream of bits has another length than announced");
  return used;
}

/** Reads the tables at the beginning of the section, and tells how many bytes they have. */
function readTables(section: Uint8Array, last: Tables | undefined): { tables: Tables; byteCount: number } {
  const modes = section[0];
  if (modes === undefined || modes & 0b11) throw damage("it has an unknown kind of table");
  let at = 1;
  const read = (codes: Codes, shift: number, before: FseTable | undefined) => {
    const { table, byteCount } = readTable(section.subarray(at), codes, (modes >> shift) & 0b11, before);
    at += byteCount;
    return table;
  };
  const tables = {
    literals: read(literalLengths, 6, last?.literals),
    offsets: read(offsets, 4, last?.offsets),
    matches: read(matchLengths, 2, last?.matches),
  };
  return { tables, byteCount: at };
}

/** Reads numbers of one kind. The three kinds share the bits, so that they are asked in a fixed order. */
function decoderOf({ bases, bitCounts }: Codes, table: FseTable, bits: Bits) {
  let state = bits.read(table.accuracyLog);
  return {
    value() {
      const code = table.symbols[state] as number;
      return (bases[code] as number) + bits.read(bitCounts[code] as number);
    },
    go() {
      state = (table.bases[state] as number) + bits.read(table.bitCounts[state] as number);
    },
  };
}

/** Values up to 3 name one of the last distances, or without literals the next of them (RFC 8878, 3.1.1.5). */
function distanceOf(value: number, noLiterals: boolean, distances: [number, number, number]): number {
  const [first, second, third] = distances;
  const which = noLiterals ? value + 1 : value;
  if (value <= 3 && which === 1) return first;
  const distance = value > 3 ? value - 3 : which === 2 ? second : which === 3 ? third : first - 1;
  if (value > 3 || which > 2) distances[2] = second;
  distances[1] = first;
  distances[0] = distance;
  return distance;
}
