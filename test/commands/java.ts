import type { Command, Server } from "../../src/commands/command.ts";
import type { Field } from "../../src/schema/fields.ts";
import type { Generation } from "../../src/wire/versions.ts";
import { readGolden } from "../json/golden.ts";

/** What Java, or a command here, says of one field of a header. */
export interface Facts {
  readonly type: string;
  readonly required: boolean;
}

interface JavaField {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** The first of the three generations that has it, where that isn't the first that has the header. */
  readonly since?: string;
}

interface JavaHeader {
  readonly fields: readonly JavaField[];
  /** Absent where a header is given for one generation. */
  readonly presentIn?: readonly Generation[];
}

type JavaHeaders = JavaHeader | Readonly<Partial<Record<Generation, JavaHeader | null>>> | null;

/** A request code as the Java sources of each generation have it. A header differs by generation in a few codes. */
export interface JavaCode {
  readonly code: number;
  readonly names: Readonly<Partial<Record<Generation, string>>>;
  readonly servedByPerVersion: Readonly<Partial<Record<Generation, readonly string[]>>>;
  readonly requestHeader: JavaHeaders;
  readonly responseHeader: JavaHeaders;
  readonly requestBody: string;
  readonly responseBody: string;
}

export type Side = "request" | "response";

export const javaCodes = readGolden("request-codes.json") as readonly JavaCode[];

export function javaCode(code: number): JavaCode {
  const found = javaCodes.find((each) => each.code === code);
  if (!found) throw new Error(`Cannot find code ${code} among those of Java`);
  return found;
}

/** The generations that have a meaning of a code: those that serve it, or those that name it where none does. */
export function generationsOf({ code, servedBy }: Pick<Command, "code" | "servedBy">): Generation[] {
  const served = Object.keys(servedBy);
  return (served.length > 0 ? served : Object.keys(javaCode(code).names)) as Generation[];
}

/** The golden file calls the servers as their Maven artifacts are called. */
export function serversOf(java: JavaCode, generation: Generation): Server[] {
  const names: Readonly<Record<string, Server>> = { namesrv: "name-server", filtersrv: "filter-server" };
  return (java.servedByPerVersion[generation] ?? []).map((artifact) => names[artifact] ?? (artifact as Server));
}

/** The fields of a header in these generations together. One that not all of them require is not required. */
export function javaFields(java: JavaCode, side: Side, generations: readonly Generation[]): Record<string, Facts> {
  const facts: Record<string, Facts> = {};
  for (const { fields, presentIn = generations } of headersOf(java[`${side}Header`], generations)) {
    const isWhole = generations.every((generation) => presentIn.includes(generation));
    for (const { name, type, required, since } of fields) {
      facts[name] = { type: typeNames[type] ?? type, required: required && isWhole && since === undefined };
    }
  }
  return facts;
}

/** The fields that not all generations of a code have, with the first one that has them. */
export function laterFields({ requestHeader, responseHeader }: JavaCode, side: Side): Map<string, string> {
  const header = side === "request" ? requestHeader : responseHeader;
  const fields = header && "fields" in header ? header.fields : [];
  return new Map(fields.flatMap(({ name, since }) => (since ? [[name, since.slice(0, 5)] as const] : [])));
}

function headersOf(headers: JavaHeaders, generations: readonly Generation[]): JavaHeader[] {
  if (headers === null) return [];
  if ("fields" in headers) return [headers as JavaHeader];
  return generations.flatMap((generation) => headers[generation] ?? []);
}

const typeNames: Readonly<Record<string, string>> = {
  String: "text",
  Integer: "i32",
  int: "i32",
  Long: "i64",
  long: "i64",
  Boolean: "bool",
  boolean: "bool",
  BoundaryType: "LOWER or UPPER",
};

/** The fields of a command's header, by their names on the wire. */
export function fieldsOf(command: Command, side: Side): Record<string, Facts> {
  const entries = Object.entries(command[side].header);
  return Object.fromEntries(
    entries.map(([name, field]) => [field.wire ?? name, { type: typeOf(field), required: !field.optional }]),
  );
}

function typeOf({ schema }: Field<unknown>): string {
  const { type, format, enum: names } = schema as { type?: unknown; format?: string; enum?: readonly string[] };
  if (names) return names.join(" or ");
  if (format === "int32") return "i32";
  if (format === "int64") return "i64";
  return type === "boolean" ? "bool" : "text";
}
