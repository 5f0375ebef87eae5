import type { BodySpec, Route } from "../route.ts";
import type { About } from "../services.ts";
import { exampleOf } from "./examples.ts";
import { houseHeaders, houseParameters, houseParametersOf } from "./house.ts";
import { operationIdOf } from "./names.ts";
import { parametersOf } from "./parameters.ts";
import { problemResponses, responsesOf } from "./responses.ts";
import { createSchemas, type Schemas } from "./schemas.ts";
import { tagOf, tagsOf } from "./tags.ts";
import type { Content, OpenApi, Operation, PathItem, RequestBody } from "./types.ts";

/** The description of the API in OpenAPI 3.1, from the definitions of its routes alone. */
export function openApiOf(routes: readonly Route[], { name, version }: Pick<About, "name" | "version">): OpenApi {
  const schemas = createSchemas();
  const paths: Record<string, PathItem> = {};
  const readable = new Set(routes.filter(({ method }) => method === "GET").map(({ path }) => path));
  for (const route of routes) {
    const operation = operationOf(route, readable.has(route.path), schemas);
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation };
  }
  const responses = problemResponses(routes, schemas);
  return {
    openapi: "3.1.1",
    info: { title: name, version, ...info },
    servers: [{ url: "/" }],
    tags: tagsOf(routes),
    paths,
    components: {
      schemas: schemas.titled(),
      responses,
      parameters: houseParameters,
      headers: houseHeaders,
      securitySchemes: { bearer },
    },
  };
}

const info = {
  summary: "An HTTP gateway to Apache RocketMQ",
  description: `Names are RocketMQ's own, percent-encoded in paths. 64-bit integers are JSON numbers with their exact
digits, in and out: read them with a parser that keeps them.

A write goes to all name servers at the same time. \`results\` has a row for each; the status is 200 or 201 when all took
it, 207 when some did, 502 when none did.

Errors are problem documents (RFC 9457) with RocketMQ's own code and remark. Bad input lists every fault with a JSON
pointer, and nothing is sent.

Accept chooses the view: JSON, a table for a terminal (text/plain), or of what was read the server's own command
(application/vnd.rocketmq.command+json), its refusals included.`,
  license: { name: "Apache License 2.0", identifier: "Apache-2.0" },
};

const bearer = {
  type: "http",
  scheme: "bearer",
  description:
    "A token of API_TOKENS, with the role that the operation names or `admin`. None is asked for unless it is set.",
};

function operationOf(route: Route, isReadable: boolean, schemas: Schemas): Operation {
  return {
    operationId: operationIdOf(route),
    summary: route.summary,
    tags: [tagOf(route)],
    parameters: [...parametersOf(route, schemas), ...houseParametersOf(route, isReadable)],
    ...(route.body && { requestBody: requestBodyOf(route.body, schemas) }),
    responses: responsesOf(route, schemas),
    security: route.access === "open" ? [] : [{ bearer: [route.access] }],
    "x-rocketmq-commands": route.calls.map(({ code, name }) => ({ code, name })),
    "x-rocketmq-emulates": route.emulates.map(({ code, name }) => ({ code, name })),
    "x-rocketmq-hears": route.hears.map(({ code, name }) => ({ code, name })),
  };
}

function requestBodyOf({ schema, fromText, fromBytes, forms = [] }: BodySpec, schemas: Schemas): RequestBody {
  const described = schemas.describe(schema);
  const content: Record<string, Content> = {
    "application/json": { schema: described, example: exampleOf(described, schemas) },
    ...(fromText && { "text/plain": { schema: { type: "string" } } }),
    ...(fromBytes && { "application/octet-stream": { schema: {} } }),
    ...Object.fromEntries(forms.map((form) => [form.media, { schema: schemas.describe(form.schema) }])),
  };
  return { required: true, content };
}
