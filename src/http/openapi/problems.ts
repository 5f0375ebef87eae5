import { Fault, type FaultName, type FaultOptions, faults } from "../../errors.ts";
import { Int32, Int64, Nullable, Type } from "../../schema/types.ts";
import { responseCodes } from "../../wire/response-codes.ts";
import { problemOf } from "../problem.ts";
import { AnyResultRow } from "../results.ts";
import type { Route } from "../route.ts";
import { statusOfResponse } from "../statuses.ts";
import { hasPreconditions } from "./house.ts";

/** A problem document. Some problems have further members. */
export const ProblemDocument = Type.Object(
  {
    type: Type.String({ description: "what kind of problem, as /problems/topic-not-exist", format: "uri-reference" }),
    title: Type.String({ description: "the same in words" }),
    status: Int32("the HTTP status", { minimum: 400, maximum: 599 }),
    detail: Type.String({ description: "what happened: the server's remark, or our reason" }),
    instance: Type.String({ description: "the path that was asked for" }),
    code: Type.Optional(Int32("the response code, where a server refused")),
    codeName: Type.Optional(Nullable(Type.String({ description: "its name in ResponseCode" }))),
    requestCode: Type.Optional(Int32("the request code that the server refused")),
    target: Type.Optional(Type.String({ description: "the server, host:port" })),
    hint: Type.Optional(Type.String({ description: "what can be done about it" })),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: "JSON pointer into the body, or ?name, {name} or header:name" }),
          detail: Type.String({ description: "what is wrong there" }),
        }),
        { description: "every fault of a bad input" },
      ),
    ),
    nextOffset: Type.Optional(Int64("where a queue goes on that has no such offset")),
    minOffset: Type.Optional(Int64("offset of its oldest message")),
    maxOffset: Type.Optional(Int64("offset that its next message will have")),
    results: Type.Optional(Type.Array(AnyResultRow, { description: "what each server said, where all failed" })),
    msgId: Type.Optional(Type.String({ description: "id of a message that may have been stored all the same" })),
    data: Type.Optional(
      Type.Array(Type.Unknown(), { description: "what came of each message of a list, where none was sent" }),
    ),
  },
  { title: "Problem", description: "A problem document (RFC 9457)" },
);

/** The statuses of the problems that a route can answer with, lowest first. */
export function problemStatuses(route: Route): number[] {
  const own = Object.keys(route.problems).map(Number);
  const named = possibleFaults(route).map((fault) => faults[fault].status);
  return [...new Set([...named, ...own])].filter((status) => !(status in route.answers)).sort((a, b) => a - b);
}

/** What follows from the definition. What only its handler knows is in the `problems` of a route. */
function possibleFaults(route: Route): FaultName[] {
  const { method, path, access, body, calls, check } = route;
  const possible = (condition: boolean, ...names: FaultName[]) => (condition ? names : []);
  const isNamed = path.includes("{");
  const isSent = calls.length > 0;
  return [
    "invalid-argument",
    "not-acceptable",
    "misdirected",
    "internal",
    ...possible(access !== "open", "unauthorized"),
    ...possible(hasPreconditions(route), "precondition-failed"),
    ...possible(access === "admin" || method !== "GET" || isSent, "forbidden"),
    ...possible(body !== undefined, "too-large", "unsupported-media-type", "invalid-body"),
    ...possible(isNamed && (method === "GET" || check !== undefined), "not-found"),
    ...possible(isNamed && isSent, "too-large"),
    ...possible(isSent || check !== undefined, "not-supported"),
    ...possible(isSent, "upstream-failed", "unavailable", "timeout"),
  ];
}

/** Whether a route passes on what a server refuses with: a code may come that nobody has thought of. */
export function passesRefusals({ method, access, calls }: Route): boolean {
  return calls.length > 0 && (method === "GET" || access === "read");
}

/** What can be behind a status: our own faults, and the codes of a server that refused. */
export function reasonsFor(status: number): string {
  const own = names.filter((fault) => faults[fault].status === status && !inner.has(fault));
  const refusals = Object.entries(responseCodes).flatMap(([code, name]) => {
    const statuses = [statusOfResponse({ code: Number(code) }, "GET"), statusOfResponse({ code: Number(code) }, "PUT")];
    return statuses.includes(status) && status !== OTHERS ? [`${name.toLowerCase().replaceAll("_", "-")}`] : [];
  });
  const rest = status === OTHERS ? ["what else a server refused with"] : [];
  return [...[...own, ...refusals].map((name) => `\`${name}\``), ...rest].join(", ");
}

const names = Object.keys(faults) as FaultName[];
/** The status for every response code that has none of its own. */
const OTHERS = 502;
/** Faults that no request meets. */
const inner: ReadonlySet<FaultName> = new Set(["listen-failed", "refused"]);

/** A problem of this status, as a caller may meet it. */
export function exampleProblem(status: number): Readonly<Record<string, unknown>> {
  const fault = names.find((name) => faults[name].status === status && !inner.has(name)) ?? "refused";
  const [message, options] = examples[status] ?? [`Cannot answer: ${faults[fault].title.toLowerCase()}`, {}];
  const refused = options.response ? "refused" : fault;
  return problemOf(new Fault(refused, message, options), { method: "GET", instance: "/topics/orders/route" }).body;
}

const target = "10.0.0.1:9876";
const bad = (pointer: string, detail: string) => ({ violations: [{ pointer, detail }] });

const examples: Readonly<Record<number, readonly [message: string, options: FaultOptions]>> = {
  400: ["Cannot read the request: ?limt is not known here", bad("?limt", "is not known here")],
  401: ["Cannot answer: a bearer token is needed", {}],
  403: ["Cannot PUT: the token is for reading", {}],
  404: [
    "Cannot GET_ROUTEINFO_BY_TOPIC: refused",
    {
      target,
      response: { code: 17, remark: "No topic route info in name server for the topic: orders", requestCode: 105 },
    },
  ],
  406: ["Cannot answer in any accepted type: there is application/json", {}],
  410: ["Cannot use session 0f8fad5b: it has ended, nobody renewed it or listened to it", {}],
  412: ['Cannot change it: If-Match asks for another state, it is "c64891ea62e51638" now', {}],
  413: ["Cannot read the body: it has more than 16777216 bytes", {}],
  415: ["Cannot read the body: its content-type must be application/json", {}],
  422: ["Cannot take the body: /brokerId is required", bad("/brokerId", "is required")],
  501: ["Cannot hold registrations here: a connection ends with its request", {}],
  502: ["Cannot connect to 10.0.0.1:9876: refused", { target }],
  503: ["Cannot reach a name server: none of them answers", {}],
  504: ["Cannot get an answer of 10.0.0.1:9876: none within 3000 ms", { target }],
};
