import type { Violation } from "../errors.ts";
import type { Query, Route, RouteRequest } from "../http/route.ts";
import { violationsOf } from "../http/validate.ts";
import { toInt64 } from "../schema/integer.ts";
import type { TSchema } from "../schema/types.ts";
import { violated } from "./violations.ts";

/** The checked path parameters, query and headers of a route. Throws a fault that lists every violation. */
export function inputOf(route: Route, url: URL, given: Headers): Pick<RouteRequest, "params" | "query" | "headers"> {
  const violations: Violation[] = [];
  const params = pathParams(route.path, url.pathname, violations);
  const query = queryValues(route.query, url, violations);
  const headers = headerValues(route.headers, given, violations);
  if (violations.length > 0) throw violated("invalid-argument", "Cannot read the request", violations);
  return { params, query, headers };
}

function headerValues(schemas: Query, headers: Headers, violations: Violation[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const value = headers.get(name) ?? undefined;
    if (value === undefined && "~optional" in schema) continue;
    values[name] = value;
    for (const { detail } of violationsOf(schema, value)) violations.push({ pointer: `header:${name}`, detail });
  }
  return values;
}

/** Path parameters straight from the raw path: each segment is decoded once, and `%2F` stays inside its segment. */
function pathParams(template: string, pathname: string, violations: Violation[]): Record<string, string> {
  const segments = pathname.split("/");
  const params: Record<string, string> = {};
  for (const [index, part] of template.split("/").entries()) {
    if (part.startsWith("{")) params[part.slice(1, -1)] = decode(segments[index] ?? "", part, violations);
  }
  return params;
}

function decode(encoded: string, pointer: string, violations: Violation[]): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    violations.push({ pointer, detail: "is not percent-encoded UTF-8" });
    return "";
  }
}

function queryValues(schemas: Query, { search, searchParams }: URL, violations: Violation[]): Record<string, unknown> {
  // URLSearchParams takes what it can't decode for another text.
  if (search !== "")
    for (const pair of search.slice(1).split("&")) decode(pair, `?${pair.split("=", 1)[0]}`, violations);
  for (const name of search === "" ? [] : new Set(searchParams.keys())) {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (schema === undefined) violations.push({ pointer: `?${name}`, detail: "is not known here" });
    else if (!itemsOf(schema) && searchParams.getAll(name).length > 1)
      violations.push({ pointer: `?${name}`, detail: "is given more than once" });
  }
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    if (search === "" && "~optional" in schema) continue;
    const [text, ...more] = searchParams.getAll(name);
    if (text === undefined && "~optional" in schema) continue;
    const items = itemsOf(schema);
    if (text !== undefined)
      values[name] = items ? [text, ...more].map((each) => fromQueryText(items, each)) : fromQueryText(schema, text);
    for (const { detail } of violationsOf(schema, values[name])) violations.push({ pointer: `?${name}`, detail });
  }
  return values;
}

/** The schema of the items of a list, which is stated by giving the parameter once for each. */
function itemsOf(schema: TSchema): TSchema | undefined {
  return "type" in schema && schema.type === "array" && "items" in schema ? (schema.items as TSchema) : undefined;
}

/** The value that a query text states for its schema; one that states none stays a text, for the schema to refuse. */
function fromQueryText(schema: TSchema, text: string): unknown {
  const type = "type" in schema ? schema.type : undefined;
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (type === "integer" || Array.isArray(type)) return toInt64(text) ?? text;
  return text;
}
