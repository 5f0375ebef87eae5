import { expect } from "bun:test";
import { routes as api } from "../../../routes/index.ts";
import type { HttpGateway } from "../../../src/gateway/gateway.ts";
import { passesRefusals, problemStatuses } from "../../../src/http/openapi/problems.ts";
import { AnyResultRow } from "../../../src/http/results.ts";
import type { Route } from "../../../src/http/route.ts";
import { violationsOf } from "../../../src/http/validate.ts";
import { parseJson } from "../../../src/json/strict.ts";
import { Int32, Int64, Name, Nullable, type TSchema, Type } from "../../../src/schema/types.ts";
import { type HttpInit, requestOf } from "../../support/http.ts";

/** What a gateway answered, with every digit. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies whose shape is what they check.
  readonly body: any;
}

/** Asks `METHOD /path?query`, or with a request of one's own. */
export type Ask = (operation: string | Request, init?: HttpInit) => Promise<Reply>;

const Problem = Type.Object({
  type: Type.String({ pattern: "^/problems/[a-z0-9-]+$" }),
  title: Name("in words"),
  status: Int32("as the reply's own"),
  detail: Name("what happened"),
  instance: Name("the path"),
  code: Type.Optional(Int32("response code")),
  codeName: Type.Optional(Nullable(Name("its name"))),
  requestCode: Type.Optional(Int32("request code")),
  target: Type.Optional(Name("host:port")),
  hint: Type.Optional(Name("what to do")),
  errors: Type.Optional(Type.Array(Type.Object({ pointer: Type.String(), detail: Name("what is wrong") }))),
  nextOffset: Type.Optional(Int64("where to go on")),
  minOffset: Type.Optional(Int64("the oldest")),
  maxOffset: Type.Optional(Int64("the next")),
  results: Type.Optional(Type.Array(AnyResultRow)),
  msgId: Type.Optional(Name("a message that may be stored")),
  data: Type.Optional(Type.Array(Type.Unknown())),
});

/**
 * The way into a gateway for tests: no reply comes through that is neither an answer which its route declares, in every
 * member, nor a problem document; and a route of the API answers only problems that its description has.
 */
export function conforming(routes: readonly Route[], fetch: HttpGateway["fetch"]): Ask {
  return async (operation, init) => {
    const request = typeof operation === "string" ? requestFor(operation, init) : operation;
    const { method } = request;
    const { pathname } = URL.parse(request.url) ?? { pathname: "/" };
    const response = await fetch(request);
    const { status, headers } = response;
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await response.bytes());
    const type = headers.get("content-type");
    const body = type?.includes("json") && text !== "" ? parseJson(text) : undefined;
    const reply: Reply = { status, headers, text, body };
    checkHeaders(reply, method);
    const route = routeOf(routes, method, pathname);
    const isProblem = type?.startsWith("application/problem+json");
    if (isProblem) checkProblem(reply, method, pathname);
    else checkAnswer(reply, method, route);
    if (isProblem && route && routes === api) checkDescribed(status, route);
    return reply;
  };
}

function requestFor(operation: string, init?: HttpInit): Request {
  const [method = "", path = ""] = operation.split(" ", 2);
  return requestOf("http://localhost", path, { ...init, method });
}

function checkHeaders({ headers, text, status }: Reply, method: string): void {
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  const isStream = headers.get("content-type") === "text/event-stream";
  // What was waited for is out of date at once.
  const isAwaited = headers.get("etag") === null && headers.get("preference-applied")?.includes("wait=");
  const isValidated = !isStream && !isAwaited;
  const isRead = (method === "GET" || method === "HEAD") && (status === 200 || status === 304) && isValidated;
  expect(headers.get("cache-control")).toBe(isRead ? "no-cache" : "no-store");
  if (isRead) expect(headers.get("etag")).toMatch(/^"([0-9a-f]{16}|[0-9]{1,19})"$/);
  if (status === 304) expect(text).toBe("");
  const length = headers.get("content-length");
  if (method === "HEAD") expect(text).toBe("");
  if (isStream) expect([length, headers.get("etag")]).toEqual([null, null]);
  else if (method === "HEAD") return;
  else if (status !== 204 && status !== 304) expect(length).toBe(String(Buffer.byteLength(text)));
}

function checkProblem({ status, headers, body }: Reply, method: string, pathname: string): void {
  expect(status).toBeGreaterThanOrEqual(400);
  if (status === 401) expect(headers.get("www-authenticate")).toBe("Bearer");
  if (status === 405) expect(headers.get("allow")).not.toBeNull();
  if (method === "HEAD") return;
  expect({ problem: body, violations: violationsOf(closed(Problem), body) }).toEqual({ problem: body, violations: [] });
  expect(body).toMatchObject({ status, instance: pathname });
}

function checkDescribed(status: number, route: Route): void {
  // Which methods a path takes is said by the paths, and which codes a server may refuse with nobody knows.
  if (status === 405 || passesRefusals(route)) return;
  const described = problemStatuses(route);
  expect({ status, described }).toEqual({ status, described: expect.arrayContaining([status]) });
}

function checkAnswer({ status, headers, body, text }: Reply, method: string, route: Route | undefined): void {
  if (method === "OPTIONS" && status === 204) {
    expect({ text, allow: headers.get("allow") }).toEqual({ text: "", allow: expect.stringContaining("OPTIONS") });
    return;
  }
  if (status === 304 || headers.get("preference-applied")?.includes("return=minimal")) return;
  const spec = route?.answers[status];
  expect({ status, declared: Object.keys(route?.answers ?? {}) }).toEqual({
    status,
    declared: expect.arrayContaining([String(status)]),
  });
  if (method === "HEAD") return;
  if (route?.media) {
    expect(headers.get("content-type")?.split(";")[0]).toBe(route.media);
    return;
  }
  if (headers.get("content-type")?.startsWith("text/plain")) {
    expect(headers.get("vary")).toBe("accept, prefer");
    return;
  }
  if (status === 204) {
    expect({ text, type: headers.get("content-type") }).toEqual({ text: "", type: null });
    return;
  }
  expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
  const violations = spec?.schema ? violationsOf(closed(spec.schema), body) : ["no schema is declared"];
  expect({ body, violations }).toEqual({ body, violations: [] });
}

/** The route of a path: the one with the fewest parameters, as literals win. */
function routeOf(routes: readonly Route[], method: string, pathname: string): Route | undefined {
  const segments = pathname.split("/");
  const parts = (route: Route) => route.path.split("/");
  const params = (route: Route) => parts(route).filter((part) => part.startsWith("{")).length;
  return routes
    .filter((route) => route.method === (method === "HEAD" ? "GET" : method))
    .filter((route) => parts(route).length === segments.length)
    .filter((route) => parts(route).every((part, index) => part.startsWith("{") || part === segments[index]))
    .sort((a, b) => params(a) - params(b))[0];
}

/** The schema with no member allowed that it doesn't declare. */
function closed(schema: TSchema): TSchema {
  return close(schema) as TSchema;
}

function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close);
  if (typeof schema !== "object" || schema === null) return schema;
  const parts = Object.entries(schema).map(([name, part]) => [name, close(part)]);
  const isObject = "properties" in schema && "type" in schema && schema.type === "object";
  return { ...Object.fromEntries(parts), ...(isObject && { additionalProperties: false }) };
}
