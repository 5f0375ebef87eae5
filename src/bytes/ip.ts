import { Fault } from "../errors.ts";

const IPV4_BYTES = 4;
const IPV6_BYTES = 16;
const GROUPS = 8;

/** The text of an IP address of 4 or 16 bytes; that of IPv6 in the canonical form of RFC 5952, without brackets. */
export function ipText(bytes: Uint8Array): string {
  if (bytes.length === IPV4_BYTES) return bytes.join(".");
  const groups = Array.from({ length: GROUPS }, (_, index) => {
    return (((bytes[2 * index] as number) << 8) | (bytes[2 * index + 1] as number)).toString(16);
  });
  const zeros = longestZeros(groups);
  if (zeros.length < 2) return groups.join(":");
  return `${groups.slice(0, zeros.at).join(":")}::${groups.slice(zeros.at + zeros.length).join(":")}`;
}

/** The first of the longest runs of zero groups. */
function longestZeros(groups: readonly string[]): { at: number; length: number } {
  let longest = { at: 0, length: 0 };
  for (let at = 0; at < groups.length; at++) {
    let end = at;
    while (groups[end] === "0") end++;
    if (end - at > longest.length) longest = { at, length: end - at };
  }
  return longest;
}

/** The 4 or 16 bytes that an IP address without brackets states. Throws `invalid-argument` for any other text. */
export function ipBytes(text: string): Uint8Array {
  const bytes = text.includes(":") ? sixth(text) : fourth(text);
  if (bytes === undefined) throw new Fault("invalid-argument", `Cannot read IP address "${text.slice(0, 64)}"`);
  return Uint8Array.from(bytes);
}

function fourth(text: string): number[] | undefined {
  const parts = text.split(".");
  const isByte = (part: string) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255;
  return parts.length === IPV4_BYTES && parts.every(isByte) ? parts.map(Number) : undefined;
}

function sixth(text: string): number[] | undefined {
  const [head = "", tail, ...more] = text.split("::");
  const before = groupsOf(head);
  const after = groupsOf(tail ?? "");
  if (before === undefined || after === undefined || more.length > 0) return undefined;
  const missing = IPV6_BYTES - before.length - after.length;
  // A double colon stands for at least one group.
  const fits = tail === undefined ? missing === 0 : missing >= 2;
  return fits ? [...before, ...new Array<number>(missing).fill(0), ...after] : undefined;
}

/** The bytes of groups that are joined by colons; the last two groups may have the form of IPv4. */
function groupsOf(text: string): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const groups = text.split(":");
  for (const [index, group] of groups.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
      continue;
    }
    const embedded = index === groups.length - 1 ? fourth(group) : undefined;
    if (embedded === undefined) return undefined;
    bytes.push(...embedded);
  }
  return bytes;
}
