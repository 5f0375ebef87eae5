/** What a request prefers (RFC 7240), as far as the gateway knows it. */
export interface Preferences {
  /** How long the answer may take at most, milliseconds. */
  readonly waitMillis: number | null;
  /** Leave out the body of a write's answer. */
  readonly isMinimal: boolean;
  /** Write 64-bit integers as texts. */
  readonly int64AsText: boolean;
  /** What of it is applied, for Preference-Applied; null when nothing is. */
  readonly applied: string | null;
}

const MAX_WAIT_SECONDS = 60;

type Reading = { -readonly [K in Exclude<keyof Preferences, "applied">]: Preferences[K] };

/** How each preference is read; false when its value isn't one that we know. */
const readers: Readonly<Record<string, (value: string, into: Reading) => boolean>> = {
  wait(value, into) {
    if (!/^[0-9]{1,4}$/.test(value)) return false;
    into.waitMillis = Math.min(Number(value), MAX_WAIT_SECONDS) * 1_000;
    return true;
  },
  return(value, into) {
    into.isMinimal = value === "minimal";
    return value === "minimal" || value === "representation";
  },
  int64(value, into) {
    into.int64AsText = value === "string";
    return value === "string" || value === "number";
  },
  // Unknown parameters and members are always refused, which is what strict asks for.
  handling: (value) => value === "strict",
};

const none: Preferences = { waitMillis: null, isMinimal: false, int64AsText: false, applied: null };

/** Reads the Prefer header. What isn't known is left aside; of one that is given twice the first counts. */
export function preferencesOf(header: string | null): Preferences {
  if (header === null) return none;
  const reading: Reading = { waitMillis: null, isMinimal: false, int64AsText: false };
  const applied = new Map<string, string>();
  for (const preference of header?.split(",") ?? []) {
    const [token = ""] = preference.split(";");
    const [name = "", value = ""] = token.split("=").map((part) => part.trim().replace(/^"(.*)"$/, "$1"));
    const known = name.toLowerCase();
    if (!Object.hasOwn(readers, known) || applied.has(known)) continue;
    if (readers[known]?.(value.toLowerCase(), reading)) applied.set(known, `${known}=${value.toLowerCase()}`);
  }
  return { ...reading, applied: applied.size > 0 ? [...applied.values()].join(", ") : null };
}
