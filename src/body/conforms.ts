import { isInt64 } from "../json/value.ts";
import { areRows } from "./rows.ts";
import { entryShape, type Shape } from "./shape.ts";

/**
 * Tells of what `JSON.parse` made of a text whether that is already what a shape wants: then nothing of it has to change,
 * and no integer of it was rounded.
 */
export type Conforms = (value: unknown) => boolean;

type Names = ReadonlyMap<string, string>;
type Members = Readonly<Record<string, unknown>>;

/** How deep a part nests at most that no shape describes. */
const MAX_LEVELS = 64;

/**
 * The test for a shape. What passes it, the dialect's reader and `fromWire` would give as well; most bodies of newer
 * servers do. `renamed` are members that the wire calls otherwise: an object with one of them doesn't pass.
 */
export function conformsTo(shape: Shape, renamed: Names): Conforms {
  const { type } = shape;
  // A list of types stands for an integer of 64 bits: see Int64.
  if (Array.isArray(type) || type === "integer") return isInt64;
  switch (type) {
    case "string":
      return (value) => typeof value === "string";
    case "boolean":
      return (value) => typeof value === "boolean";
    case "number":
      return Number.isFinite;
    case "array":
      return areRows(shape) ? never : itemsConform(shape, renamed);
    case "object":
      return areRows(shape)
        ? never
        : shape.properties
          ? membersConform(shape, renamed)
          : entriesConform(shape, renamed);
    default:
      return (value) => value !== null && isExact(value, MAX_LEVELS);
  }
}

const never: Conforms = () => false;

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a part that no shape describes was read exactly, and refers to no other part. */
function isExact(value: unknown, levels: number): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) || !Number.isInteger(value);
  if (typeof value !== "object" || value === null) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isExact(item, levels - 1));
  return Object.entries(value).every(([name, member]) => name !== REFERENCE && isExact(member, levels - 1));
}

/** An object with this member stands for another one. */
const REFERENCE = "$ref";

function itemsConform({ items = {} }: Shape, renamed: Names): Conforms {
  const conforms = conformsTo(items, renamed);
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const item of value) if (!conforms(item)) return false;
    return true;
  };
}

function entriesConform(shape: Shape, renamed: Names): Conforms {
  const conforms = conformsTo(entryShape(shape) ?? {}, renamed);
  return (value) => {
    if (!isObject(value)) return false;
    for (const name in value) if (name === REFERENCE || !conforms(value[name])) return false;
    return true;
  };
}

function membersConform({ properties = {}, required = [] }: Shape, renamed: Names): Conforms {
  // Without a prototype, so that no name is inherited.
  const members: Record<string, Conforms> = Object.create(null);
  for (const [name, shape] of Object.entries(properties)) members[name] = conformsTo(shape, renamed);
  // Only these are given a value where they are absent.
  const present = required.filter((name) => properties[name]?.items || properties[name]?.patternProperties);
  const undeclared = (name: string, value: unknown) =>
    name !== REFERENCE && !renamed.has(name) && isExact(value, MAX_LEVELS);
  return (value) => {
    if (!isObject(value)) return false;
    for (const name in value) {
      const conforms = members[name];
      if (conforms ? !conforms(value[name]) : !undeclared(name, value[name])) return false;
    }
    for (const name of present) if (value[name] === undefined) return false;
    return true;
  };
}
