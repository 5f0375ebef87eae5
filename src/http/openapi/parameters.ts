import type { Query, Route } from "../route.ts";
import type { Schemas } from "./schemas.ts";
import type { Parameter } from "./types.ts";

/** What a parameter in a path is, and an example. A name means the same in every path. */
const known: Readonly<Record<string, readonly [meaning: string, example: string]>> = {
  broker: ["broker name", "b1"],
  cluster: ["cluster name", "c1"],
  code: ["request code", "105"],
  id: ["the registration's name in this gateway", "c1~b1~0"],
  key: ["the key", "colour"],
  namespace: ["the namespace", "settings"],
  nameServer: ["host:port of a configured name server, or `-` for all of them", "-"],
  topic: ["topic name; `%RETRY%g` is `%25RETRY%25g`", "orders"],
};

/** The parameters of a route: those in its path, then those of its query. */
export function parametersOf({ path, query }: Route, schemas: Schemas): Parameter[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  return [...names.map(pathParameter), ...queryParameters(query, schemas)];
}

function pathParameter(name: string): Parameter {
  const [description, example] = known[name] ?? [];
  const described = { ...(description && { description }), schema: { type: "string", minLength: 1 } };
  return { name, in: "path", required: true, ...described, ...(example && { example }) };
}

function queryParameters(query: Query, schemas: Schemas): Parameter[] {
  return Object.entries(query).map(([name, given]) => {
    const { description, ...schema } = schemas.describe(given);
    const required = !("~optional" in given);
    return { name, in: "query", required, ...(typeof description === "string" && { description }), schema };
  });
}
