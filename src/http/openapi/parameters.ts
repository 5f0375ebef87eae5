import type { Query, Route } from "../route.ts";
import { exampleOf } from "./examples.ts";
import type { Schemas } from "./schemas.ts";
import type { JsonSchema, Parameter } from "./types.ts";

/** What a parameter in a path is. A name means the same in every path. */
const meanings: Readonly<Record<string, string>> = {
  broker: "broker name",
  cluster: "cluster name",
  group: "consumer group",
  id: "the registration's name in this gateway",
  key: "the key",
  namespace: "the namespace",
  topic: "topic name, percent-encoded: `%RETRY%g` is `%25RETRY%25g`",
};

/** The parameters of a route: those in its path, then those of its query. */
export function parametersOf({ path, query }: Route, schemas: Schemas): Parameter[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  return [...names.map((name) => pathParameter(name, schemas)), ...queryParameters(query, schemas)];
}

function pathParameter(name: string, schemas: Schemas): Parameter {
  const schema: JsonSchema = { type: "string", minLength: 1 };
  const description = meanings[name];
  const example = exampleOf(schema, schemas, name);
  return { name, in: "path", required: true, ...(description && { description }), schema, example };
}

function queryParameters(query: Query, schemas: Schemas): Parameter[] {
  return Object.entries(query).map(([name, given]) => {
    const { description, ...schema } = schemas.describe(given);
    const required = !("~optional" in given);
    return { name, in: "query", required, ...(typeof description === "string" && { description }), schema };
  });
}
