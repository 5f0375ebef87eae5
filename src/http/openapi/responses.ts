import { type TSchema, Type } from "../../schema/types.ts";
import { CommandJson } from "../command-json.ts";
import { type AnswerSpec, isStreamed, type MediaType, type Route } from "../route.ts";
import { exampleOf } from "./examples.ts";
import { COMMAND_TYPE, headerReference, houseResponsesOf, mediaTypesOf } from "./house.ts";
import { operationIdOf } from "./names.ts";
import { exampleProblem, ProblemDocument, passesRefusals, problemStatuses, reasonsFor } from "./problems.ts";
import type { Schemas } from "./schemas.ts";
import type { Content, Header, OpenApiResponse } from "./types.ts";

const PREFIX = "#/components/responses/";
const OTHER = "OtherProblem";
const otherMeaning = "what else a server refused with, under the status of its code";

type Responses = Readonly<Record<string, OpenApiResponse>>;

/** The names of problems in the components: the phrases of RFC 9110. */
const phrases: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  406: "NotAcceptable",
  409: "Conflict",
  410: "Gone",
  412: "PreconditionFailed",
  413: "ContentTooLarge",
  415: "UnsupportedMediaType",
  416: "RangeNotSatisfiable",
  421: "MisdirectedRequest",
  422: "UnprocessableContent",
  428: "PreconditionRequired",
  429: "TooManyRequests",
  500: "InternalServerError",
  501: "NotImplemented",
  502: "BadGateway",
  503: "ServiceUnavailable",
  504: "GatewayTimeout",
};

/** The answers of a route and its problems, by status. */
export function responsesOf(route: Route, schemas: Schemas): Responses {
  const title = `${operationIdOf(route).replace(/^./, (letter) => letter.toUpperCase())}Answer`;
  const { 200: whole, 207: part } = route.answers;
  // What a read gathered in part has rows that the whole hasn't.
  const isOther = part?.schema !== whole?.schema && whole?.schema && "properties" in whole.schema;
  if (part?.schema && isOther) schemas.entitle(part.schema, `${title}InPart`);
  for (const { schema } of Object.values(route.answers)) if (schema) schemas.entitle(schema, title);
  const answers = Object.entries(route.answers).map(([status, spec]) => [
    status,
    answerOf(route, status, spec, schemas),
  ]);
  const problems = problemStatuses(route).map((status) => [status, problemReference(status, route.problems[status])]);
  const others = passesRefusals(route) ? { default: { $ref: `${PREFIX}${OTHER}`, description: otherMeaning } } : {};
  return { ...Object.fromEntries([...answers, ...problems]), ...houseResponsesOf(route), ...others };
}

function answerOf(route: Route, status: string, { means, schema }: AnswerSpec, schemas: Schemas): OpenApiResponse {
  const isValidated = route.method === "GET" && status === "200" && !isStreamed(route);
  const name = status === "201" ? "Location" : isValidated ? "ETag" : null;
  const headers = name && { headers: { [name]: headerReference(name) } };
  const isEmpty = !schema && !route.media;
  const contentAs = (type: MediaType) =>
    type === route.also ? { schema: { type: "object" } } : contentOf(type, status, schema, schemas);
  const content = isEmpty ? [] : mediaTypesOf(route).map((type) => [type, contentAs(type)]);
  return { description: means, ...headers, ...(!isEmpty && { content: Object.fromEntries(content) }) };
}

/** What was read as it came, all of it where a route asked more than once. */
const Commands = Type.Union([CommandJson, Type.Array(CommandJson)]);

function contentOf(type: MediaType, status: string, schema: TSchema | undefined, schemas: Schemas): Content {
  if (type === COMMAND_TYPE) return { schema: schemas.describe(Commands) };
  if (type === "application/octet-stream") return { schema: {} };
  if (type !== "application/json" || !schema) return { schema: { type: "string" } };
  const described = schemas.describe(schema);
  const example = exampleOf(described, schemas);
  return { schema: described, example: status === "207" ? withFailure(example) : example };
}

/** An example of an answer that is good in part: a server more, which gave none. */
function withFailure(example: unknown): unknown {
  const { results, ...members } = example as { results?: readonly object[] };
  if (results === undefined) return example;
  const isOfBrokers = results.some((row) => "brokerName" in row);
  const address = isOfBrokers ? "10.0.0.8:10911" : "10.0.0.2:9876";
  const server = isOfBrokers ? { brokerName: "b2", brokerId: 0, brokerAddr: address } : { nameServer: address };
  // A row about what a server was told of, and not about the server, is like the others.
  const other = results.find((row) => !("brokerAddr" in row || "nameServer" in row));
  const remark = `Cannot connect to ${address}: not open within 3000 ms`;
  const failure = { ...(other ?? server), ok: false, code: null, codeName: null, remark };
  return { ...members, results: [...results, { ...failure, elapsedMs: 3000.2, problem: "timeout" }] };
}

function problemReference(status: number, means: string | undefined): OpenApiResponse {
  return { $ref: PREFIX + nameOf(status), description: means ?? generalMeaning(status) };
}

function nameOf(status: number): string {
  return phrases[status] ?? `Status${status}`;
}

/** The problems that the routes have in common. */
export function problemResponses(routes: readonly Route[], schemas: Schemas): Responses {
  const statuses = [...new Set(routes.flatMap(problemStatuses))].sort((a, b) => a - b);
  const schema = schemas.describe(ProblemDocument);
  const other = { description: otherMeaning, content: { "application/problem+json": { schema } } };
  return {
    ...Object.fromEntries(statuses.map((status) => [nameOf(status), problemResponse(status, schema)])),
    ...(routes.some(passesRefusals) && { [OTHER]: other }),
  };
}

function problemResponse(status: number, schema: Content["schema"]): OpenApiResponse {
  const headers = headersOf[status];
  const content = { "application/problem+json": { schema, example: exampleProblem(status) } };
  return { description: generalMeaning(status), ...(headers && { headers }), content };
}

const retryAfter: Header = { description: "seconds until it is worth another try", schema: { type: "string" } };

const headersOf: Readonly<Record<number, Readonly<Record<string, Header>>>> = {
  401: { "WWW-Authenticate": { description: "Bearer", schema: { type: "string" } } },
  429: { "Retry-After": retryAfter },
  503: { "Retry-After": retryAfter },
};

function generalMeaning(status: number): string {
  const words = nameOf(status).replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words}: ${reasonsFor(status)}`;
}
