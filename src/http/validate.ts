import { Settings } from "typebox/system";
import Value from "typebox/value";
import type { Violation } from "../errors.ts";
import { formOfPattern, type TSchema } from "../schema/types.ts";

/** Violations beyond this many tell nothing new, and the reply must not outgrow the request. */
export const MAX_VIOLATIONS = 50;
/** What Type.Record makes of "any name". Its dot matches no line break, and a member named so would go unchecked. */
const ANY_NAME = "^.*$";
const REALLY_ANY_NAME = "^[^]*$";

// Eight unless told. A violation is up to three errors: a union has one of its own and one for each alternative.
Settings.Set({ maxErrors: MAX_VIOLATIONS * 3 });

type SchemaError = ReturnType<typeof Value.Errors>[number];

const completed = new WeakMap<TSchema, TSchema>();

/** Every violation of a schema by a value, by JSON pointer; none when it fits. */
export function violationsOf(schema: TSchema, value: unknown): Violation[] {
  const complete = completed.get(schema) ?? (withEveryName(schema) as TSchema);
  completed.set(schema, complete);
  if (Value.Check(complete, value)) return [];
  const errors = Value.Errors(complete, value);
  const violations = errors.flatMap((error) => describe(error, errors));
  // Whatever the errors say, a value that failed the check never passes.
  if (violations.length === 0) return errors.map(({ instancePath: pointer, message: detail }) => ({ pointer, detail }));
  return violations.slice(0, MAX_VIOLATIONS);
}

/** The schema with maps that check every member, whatever its name. */
function withEveryName(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withEveryName);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, part]) => [name, withEveryName(part)] as const);
  return Object.fromEntries(entries.map(([name, part]) => [name === ANY_NAME ? REALLY_ANY_NAME : name, part]));
}

function describe(error: SchemaError, all: readonly SchemaError[]): Violation[] {
  const { keyword, schemaPath, instancePath: pointer, params } = error;
  // What is wrong with an alternative is said of the union.
  if (/\/anyOf\/[0-9]+$/.test(schemaPath)) return [];
  switch (keyword) {
    case "required":
      return params.requiredProperties.map((name) => ({ pointer: memberOf(pointer, name), detail: "is required" }));
    // What a member that isn't declared meets is the schema `false`.
    case "boolean":
      return [{ pointer, detail: "is not known here" }];
    // Says the same of all of them, once more.
    case "additionalProperties":
      return [];
    case "anyOf":
      return [{ pointer, detail: alternatives(pointer, all) }];
    case "type":
      return [{ pointer, detail: `must be ${typeName(params.type)}` }];
    case "pattern":
      return [{ pointer, detail: `must be ${formOf(String(params.pattern))}` }];
    default:
      return [{ pointer, detail: error.message }];
  }
}

/** The values that a union of literals takes. */
function alternatives(pointer: string, all: readonly SchemaError[]): string {
  const values = all.flatMap((error) =>
    error.keyword === "const" && error.instancePath === pointer ? [JSON.stringify(error.params.allowedValue)] : [],
  );
  return values.length > 0 ? `must be one of ${values.join(", ")}` : "must match one of the alternatives";
}

function formOf(pattern: string): string {
  return formOfPattern.get(pattern) ?? `a text that matches ${pattern}`;
}

function typeName(type: string | readonly string[]): string {
  const name = typeof type === "string" ? type : "integer";
  return /^[aeio]/.test(name) ? `an ${name}` : `a ${name}`;
}

/** The pointer to a member (RFC 6901). */
export function memberOf(pointer: string, name: string): string {
  return `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
