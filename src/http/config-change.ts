import type { Properties } from "../body/properties.ts";
import { Fault, type Violation } from "../errors.ts";
import { Int64, type Static, Type } from "../schema/types.ts";
import { isDangerous } from "./dangerous-properties.ts";
import { MAX_VIOLATIONS } from "./validate.ts";

/**
 * What a value may hold. Servers write properties into their configuration file as they are: behind a line break
 * would begin a property of its own, a dangerous one too, and a backslash makes a line break of what follows it once
 * the file is read again.
 */
const ONE_LINE = "^[^\\u0000-\\u001f\\u007f\\\\]*$";

/** Properties to change, by name. */
export const ConfigChange = Type.Record(
  Type.String({ pattern: "^[A-Za-z0-9_.-]{1,255}$" }),
  Type.Union([Type.String({ pattern: ONE_LINE }), Type.Boolean(), Int64("a whole number")]),
  {
    description: "the properties to change, by name; a text is one line without backslashes",
    minProperties: 1,
    additionalProperties: false,
    examples: [{ orderMessageEnable: "true" }],
  },
);
export type ConfigChange = Static<typeof ConfigChange>;

/**
 * The change as servers take it. Throws `forbidden` where it names a property that decides what a server writes, loads
 * or runs, or whom it trusts: with those, CVE-2023-33246 ran programs on brokers, and CVE-2023-37582 wrote files of the
 * attacker's choice. Name servers of 4.9.7 protect two of them and those of 5.5.0 four, brokers of 5.5.0 three; older
 * brokers protect none.
 */
export function safeChange(change: ConfigChange): Properties {
  const violations = Object.keys(change).filter(isDangerous).slice(0, MAX_VIOLATIONS).map(violationOf);
  if (violations.length === 0) {
    return Object.fromEntries(Object.entries(change).map(([name, value]) => [name, String(value)]));
  }
  const names = violations.map(({ pointer }) => pointer.slice(1)).join(", ");
  throw new Fault(
    "forbidden",
    `Cannot change ${names}: it would decide what the server writes, loads or runs, or whom it trusts`,
    {
      violations,
      hint: "Change it in the server's own configuration file, and restart the server.",
    },
  );
}

function violationOf(name: string): Violation {
  return { pointer: `/${name}`, detail: "must not be changed over the network" };
}

/** What a server now has of the properties that were to be changed; null where it didn't tell. */
export function changedPart(now: Properties | null, change: Properties): Properties | null {
  return now && Object.fromEntries(Object.entries(now).filter(([name]) => Object.hasOwn(change, name)));
}
