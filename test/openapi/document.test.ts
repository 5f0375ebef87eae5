import { describe, expect, test } from "bun:test";
import { Compile } from "typebox/compile";
import { routes } from "../../routes/index.ts";
import { openApiOf } from "../../src/http/openapi/document.ts";
import { problemStatuses } from "../../src/http/openapi/problems.ts";
import type { JsonSchema, Parameter, Reference } from "../../src/http/openapi/types.ts";
import { answer, get, json, type Route } from "../../src/http/route.ts";
import { stringifyJson } from "../../src/json/strict.ts";
import type { JsonValue } from "../../src/json/value.ts";
import { Int32, Type } from "../../src/schema/types.ts";
import { openapi, operations, targetOf, whole } from "./support.ts";

/** Every member in the document with what it is a member of. */
function* walk(part: unknown): Generator<readonly [part: object, name: string, value: unknown]> {
  if (typeof part !== "object" || part === null) return;
  for (const [name, value] of Object.entries(part)) {
    yield [part, name, value];
    yield* walk(value);
  }
}

function operationOf({ method, path }: Route) {
  return operations.find(([name]) => name === `${method} ${path}`)?.[1];
}

function resolved(parameter: Parameter | Reference): Parameter {
  return "$ref" in parameter ? (targetOf(parameter.$ref) as Parameter) : parameter;
}

/** The bodies with schema and example of one operation. */
function contents(operation: (typeof operations)[number][1]) {
  const bodies = [operation.requestBody, ...Object.values(operation.responses)];
  return bodies.flatMap((body) => Object.entries(body?.content ?? {}));
}

describe("the document", () => {
  test("has every route, and nothing else", () => {
    expect(operations.map(([name]) => name).sort()).toEqual(
      routes.map(({ method, path }) => `${method} ${path}`).sort(),
    );
  });

  test("names every operation once, and as it was", () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-zA-Z]+$/);
    expect(ids).toEqual(
      expect.arrayContaining(["listClusters", "getTopicRoute", "registerBroker", "putKvKey", "invoke"]),
    );
  });

  test("leads somewhere by every $ref", () => {
    const refs = [...walk(openapi)].filter(([, name]) => name === "$ref");
    expect(refs.length).toBeGreaterThan(100);
    for (const [, , target] of refs)
      expect({ target, is: typeof targetOf(String(target)) }).toEqual({ target, is: "object" });
  });

  test("uses every component", () => {
    const used = new Set([...walk(openapi)].filter(([, name]) => name === "$ref").map(([, , target]) => target));
    for (const kind of ["schemas", "responses", "parameters", "headers"] as const) {
      for (const name of Object.keys(openapi.components[kind])) expect(used).toContain(`#/components/${kind}/${name}`);
    }
  });

  test("has no keyword of ours but the commands, and no type that JSON Schema hasn't", () => {
    const names = [...walk(openapi)].map(([, name]) => name);
    expect(new Set(names.filter((name) => name.startsWith("x-") || name.startsWith("~")))).toEqual(
      new Set(["x-rocketmq-commands", "x-rocketmq-emulates", "x-rocketmq-hears"]),
    );
    expect(stringifyJson(openapi as unknown as JsonValue)).not.toContain("bigint");
    const longs = [...walk(openapi)].filter(([, name, value]) => name === "format" && value === "int64");
    expect(longs.length).toBeGreaterThan(10);
    for (const [schema] of longs) expect(schema).toMatchObject({ type: "integer" });
  });

  test("is written with every digit of its bounds", () => {
    expect(stringifyJson(openapi as unknown as JsonValue)).toContain('"maximum":9223372036854775807');
  });

  test("describes what every resource is", () => {
    const used = new Set(operations.flatMap(([, { tags }]) => tags));
    expect(openapi.tags.map(({ name }) => name).sort()).toEqual([...used].sort());
    for (const { description } of openapi.tags) expect(description).not.toBe("");
    // What no row of the table is for counts as the gateway's own: nothing of RocketMQ's may end up there.
    const own = operations.filter(([, { tags }]) => tags[0] === "gateway").map(([name]) => name.split("/")[1]);
    expect(new Set(own)).toEqual(
      new Set(
        ["", "version", "healthz", "readyz", "metrics", "docs", "openapi.json"].filter((name) => own.includes(name)),
      ),
    );
  });
});

describe.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))("%s", (_, route) => {
  const operation = operationOf(route);
  if (!operation) throw new Error("Cannot describe the route: it is not in the document");

  test("has its parameters, each with what it means", () => {
    const parameters = operation.parameters.map(resolved);
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name));
    expect(parameters.filter((each) => each.in === "path").map(({ name }) => name)).toEqual(inPath);
    expect(parameters.filter((each) => each.in === "query").map(({ name }) => name)).toEqual(Object.keys(route.query));
    for (const { name, description } of parameters)
      expect({ name, description }).toEqual({ name, description: expect.any(String) });
    for (const { in: place, required } of parameters) if (place === "path") expect(required).toBe(true);
  });

  test("has every answer and every problem", () => {
    const { responses } = operation;
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining([...Object.keys(route.answers), ...problemStatuses(route).map(String)]),
    );
    for (const [status, { $ref, description }] of Object.entries(responses)) {
      expect({ status, description }).toEqual({ status, description: expect.stringMatching(/./) });
      const isProblem = status === "default" || Number(status) >= 400;
      expect({ status, isProblem }).toEqual({ status, isProblem: $ref !== undefined });
      const content = $ref === undefined ? undefined : targetOf(`${$ref}/content`);
      if (isProblem) expect(content).toHaveProperty(["application/problem+json", "schema"]);
    }
  });

  test("has schemas that compile and examples that fit them", () => {
    for (const [type, { schema, example }] of contents(operation)) {
      const validator = Compile(whole(schema));
      if (example === undefined) {
        expect(type).not.toBe("application/json");
        continue;
      }
      expect({ example, errors: validator.Errors(example) }).toEqual({ example, errors: [] });
    }
    for (const { name, schema, example } of operation.parameters.map(resolved)) {
      const validator = Compile(whole(schema));
      if (example !== undefined) expect({ name, fits: validator.Check(example) }).toEqual({ name, fits: true });
    }
  });

  test("says who may call it, and what it sends", () => {
    expect(operation.security).toEqual(route.access === "open" ? [] : [{ bearer: [route.access] }]);
    expect(operation["x-rocketmq-commands"]).toEqual(route.calls.map(({ code, name }) => ({ code, name })));
  });
});

describe("a description", () => {
  const handle = () => ({ status: 200, body: {} });
  const about = { name: "test", version: "0" };

  test("takes two schemas for one only when they are the same", () => {
    const thing = (name: string) => Type.Object({ [name]: Type.String() }, { title: "Thing" });
    const routesWith = (second: string) => [
      get("/a", { summary: "A", answers: { 200: answer("a", thing("a")) }, handle }),
      get("/b", { summary: "B", answers: { 200: answer("b", thing(second)) }, handle }),
    ];
    expect(Object.keys(openApiOf(routesWith("a"), about).components.schemas)).toContain("Thing");
    expect(() => openApiOf(routesWith("b"), about)).toThrow("Cannot describe two schemas with title Thing");
  });

  test("states what a route says of its problems, and what follows from it", () => {
    const route = get("/a/{id}", {
      summary: "A",
      answers: { 204: answer("gone") },
      problems: { 409: "it is in use" },
      handle,
    });
    const { get: operation } = openApiOf([route], about).paths["/a/{id}"] ?? {};
    expect(operation?.responses[409]).toEqual({ $ref: "#/components/responses/Conflict", description: "it is in use" });
    expect(Object.keys(operation?.responses ?? {})).toEqual([
      "204",
      "304",
      "400",
      "401",
      "404",
      "406",
      "409",
      "421",
      "500",
    ]);
  });

  test("keeps a member that is named as a keyword is", () => {
    const schema = Type.Object({ type: Type.String(), title: Type.String(), format: Int32("a format") });
    const route = { ...get("/a", { summary: "A", answers: { 200: answer("a") }, handle }), body: json(schema) };
    const body = openApiOf([route], about).paths["/a"]?.get?.requestBody?.content["application/json"]
      ?.schema as JsonSchema;
    expect(body.properties).toMatchObject({
      type: { type: "string" },
      title: { type: "string" },
      format: { type: "integer" },
    });
  });
});
