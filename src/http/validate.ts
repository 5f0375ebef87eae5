import Value from "typebox/value";
import type { Violation } from "../errors.ts";
import { formOfPattern, type TSchema } from "../schema/types.ts";

/** Violations beyond this many tell nothing new, and the reply must not outgrow the request. */
const MAX_VIOLATIONS = 50;

type SchemaError = ReturnType<typeof Value.Errors>[number];

/** Every violation of a schema by a value, by JSON pointer; none when it fits. */
export function violationsOf(schema: TSchema, value: unknown): Violation[] {
  if (Value.Check(schema, value)) return [];
  const errors = Value.Errors(schema, value);
  const violations = errors.flatMap((error) => describe(error, errors));
  // Whatever the errors say, a value that failed the check never passes.
  if (violations.length === 0) return errors.map(({ instancePath: pointer, message: detail }) => ({ pointer, detail }));
  return violations.slice(0, MAX_VIOLATIONS);
}

function describe(error: SchemaError, all: readonly SchemaError[]): Violation[] {
  const { keyword, instancePath: pointer, params } = error;
  switch (keyword) {
    case "required":
      return params.requiredProperties.map((name) => ({ pointer: join(pointer, name), detail: "is required" }));
    case "additionalProperties":
      return params.additionalProperties.map((name) => ({ pointer: join(pointer, name), detail: "is not known here" }));
    // Says the same as additionalProperties, once more.
    case "boolean":
      return [];
    case "anyOf":
      return [{ pointer, detail: alternatives(pointer, all) }];
    case "const":
      return [];
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

function join(pointer: string, name: string): string {
  return `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
