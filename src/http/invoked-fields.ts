import type { Command } from "../commands/command.ts";
import { Fault, type Violation } from "../errors.ts";
import type { Field } from "../schema/fields.ts";
import { Int64, Type } from "../schema/types.ts";
import type { ExtFields } from "../wire/remoting-command.ts";

/** What a header field may be stated as. */
export const FieldValue = Type.Union([
  Type.String(),
  Int64("an integer, with its exact digits"),
  Type.Number(),
  Type.Boolean(),
]);

type StatedFields = Readonly<Record<string, string | number | bigint | boolean>>;

interface Known {
  readonly wire: string;
  readonly field: Field<unknown>;
}

/**
 * The extFields that are stated, by their names in Java or on the wire. Throws `invalid-body` where one that the request
 * is known to have is of another type; one that it isn't known to have goes out as it is. `meanings` are the commands of
 * the code, which may be several.
 */
export function statedFields(meanings: readonly Command[], stated: StatedFields): ExtFields {
  const violations: Violation[] = [];
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(stated)) {
    const known = meanings.flatMap((meaning) => knownAs(name, meaning));
    const fitting = known.find(({ field }) => fits(field, value));
    if (known.length > 0 && fitting === undefined) {
      violations.push({ pointer: `/extFields/${name}`, detail: `must be ${typeOf(known[0]?.field)}` });
    }
    fields[fitting?.wire ?? name] = String(value);
  }
  if (violations.length === 0) return fields;
  throw new Fault("invalid-body", "Cannot take the body: a header field has another type", { violations });
}

function knownAs(name: string, { request: { header } }: Command): Known[] {
  const own = Object.entries(header).map(([java, field]) => ({ java, wire: field.wire ?? java, field }));
  const found = own.find(({ java }) => java === name) ?? own.find(({ wire }) => wire === name);
  return found ? [found] : [];
}

/** Whether a value has a text that the field reads; Java takes any text but "true" for false, which helps nobody here. */
function fits(field: Field<unknown>, value: StatedFields[string]): boolean {
  const text = String(value);
  return schemaType(field) === "boolean" ? /^(true|false)$/i.test(text) : field.decode(text) !== undefined;
}

function schemaType({ schema }: Field<unknown>): string {
  const type = "type" in schema ? schema.type : undefined;
  return typeof type === "string" ? type : "integer";
}

function typeOf(field: Field<unknown> | undefined): string {
  const type = field ? schemaType(field) : "text";
  if (type === "integer") return "an integer that fits the field";
  return type === "string" ? "a text that the field knows" : `a ${type}`;
}
