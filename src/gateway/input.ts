import { Fault, type Violation } from "../errors.ts";
import type { Query, Route, RouteRequest } from "../http/route.ts";
import { violationsOf } from "../http/validate.ts";
import { toInt64 } from "../schema/integer.ts";
import type { TSchema } from "../schema/types.ts";

/** The checked path parameters and query of a route. Throws a fault that lists every violation. */
export function inputOf(route: Route, url: URL): Pick<RouteRequest, "params" | "query"> {
  const params = pathParams(route.path, url.pathname);
  const query = queryValues(route.query, url.searchParams);
  return { params, query };
}

/** Path parameters straight from the raw path: each segment is decoded once, and `%2F` stays inside its segment. */
function pathParams(template: string, pathname: string): Record<string, string> {
  const segments = pathname.split("/");
  const params: Record<string, string> = {};
  for (const [index, part] of template.split("/").entries()) {
    if (part.startsWith("{")) params[part.slice(1, -1)] = decodeSegment(part, segments[index] ?? "");
  }
  return params;
}

function decodeSegment(part: string, segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalid([{ pointer: part, detail: "is not percent-encoded UTF-8" }]);
  }
}

function queryValues(schemas: Query, search: URLSearchParams): Record<string, unknown> {
  const violations: Violation[] = [];
  for (const name of new Set(search.keys())) {
    if (!Object.hasOwn(schemas, name)) violations.push({ pointer: `?${name}`, detail: "is not known here" });
    else if (search.getAll(name).length > 1)
      violations.push({ pointer: `?${name}`, detail: "is given more than once" });
  }
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const text = search.get(name);
    if (text !== null) values[name] = fromQueryText(schema, text);
    if (text === null && "~optional" in schema) continue;
    for (const { detail } of violationsOf(schema, values[name])) violations.push({ pointer: `?${name}`, detail });
  }
  if (violations.length > 0) throw invalid(violations);
  return values;
}

/** The value that a query text states for its schema; one that states none stays a text, for the schema to refuse. */
function fromQueryText(schema: TSchema, text: string): unknown {
  const type = "type" in schema ? schema.type : undefined;
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (type === "integer" || Array.isArray(type)) return toInt64(text) ?? text;
  return text;
}

function invalid(violations: readonly Violation[]): Fault {
  const list = violations.map(({ pointer, detail }) => `${pointer} ${detail}`).join("; ");
  return new Fault("invalid-argument", `Cannot read the request: ${list}`, { violations });
}
