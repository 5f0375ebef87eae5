import type { Properties } from "../body/properties.ts";
import { Fault, type Violation } from "../errors.ts";
import { Int64, type Static, Type } from "../schema/types.ts";
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

/** Words in the name of a property that names a file, a folder, a program or a class. */
const dangerousWords: ReadonlySet<string> = new Set(
  "class classes command dir directory folder home path plug plugin provider script strategy".split(" "),
);
/** As the last word only: a mappedFileSize names none. */
const dangerousEnds: ReadonlySet<string> = new Set(["file", "files"]);
/** Names that tell nothing, in lower case. The list that protects the others is one of them. */
const dangerousNames: ReadonlySet<string> = new Set(
  "configblacklist configstorepath configstorepathname kvconfigpath rocketmqhome".split(" "),
);

/**
 * The change as servers take it. Throws `forbidden` where it names a property that decides what a server writes, loads
 * or runs: with those, CVE-2023-37582 wrote files of the attacker's choice. 4.9.7 protects two of them, 5.5.0 four.
 */
export function safeChange(change: ConfigChange): Properties {
  const violations = Object.keys(change).filter(isDangerous).slice(0, MAX_VIOLATIONS).map(violationOf);
  if (violations.length === 0) {
    return Object.fromEntries(Object.entries(change).map(([name, value]) => [name, String(value)]));
  }
  const names = violations.map(({ pointer }) => pointer.slice(1)).join(", ");
  throw new Fault("forbidden", `Cannot change ${names}: it would decide what the server writes, loads or runs`, {
    violations,
    hint: "Change it in the server's own configuration file, and restart the server.",
  });
}

function violationOf(name: string): Violation {
  return { pointer: `/${name}`, detail: "must not be changed over the network" };
}

/** Whether a property decides what a server writes, loads or runs. */
export function isDangerous(name: string): boolean {
  const words = (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g) ?? []).map((word) => word.toLowerCase());
  const isNamed = dangerousNames.has(name.toLowerCase());
  return isNamed || words.some((word) => dangerousWords.has(word)) || dangerousEnds.has(words.at(-1) ?? "");
}
