import type { CommandName } from "../commands/command.ts";
import type { Fault } from "../errors.ts";
import { type Static, type TSchema, Type } from "../schema/types.ts";
import { DryRun, mannerQuery } from "./manner.ts";
import type { Services } from "./services.ts";

export type Method = "GET" | "PUT" | "POST" | "PATCH" | "DELETE";

/** A media type, such as text/html. */
export type MediaType = `${string}/${string}`;

/** Who may call: anyone, whoever may read, or whoever may change things. */
export type Access = "open" | "read" | "admin";

/** What a handler gives back; the gateway turns it into the representation that the caller accepts. */
export interface Answer {
  readonly status: number;
  /** What is written as JSON; absent for an answer without content. */
  readonly body?: unknown;
  /** The same as strict JSON, where a server sent it so; the body need not be read then. */
  readonly json?: Uint8Array;
  /** The strong validator of its JSON, quotes included, where that isn't a hash of it; null for what is out of date at once. */
  readonly etag?: string | null;
  /** The bare value, for callers that take text/plain. */
  readonly text?: string;
  /** What is written as it stands instead, for an answer whose media type its route names. */
  readonly content?: Uint8Array<ArrayBuffer>;
  /** What is written as it comes, until it ends or the caller goes, for an answer of a streamed route. */
  readonly stream?: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Beside the usual ones; a content-type here stands for the usual one. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Defects of our own behind an answer that is good in part, for the log. */
  readonly defects?: readonly Fault[];
}

/** What a status means, and the schema of its body. */
export interface AnswerSpec {
  readonly means: string;
  readonly schema?: TSchema;
}

/** The body that a route takes. */
export interface BodySpec<T = unknown> {
  readonly schema: TSchema;
  /** How a text/plain body states the same; absent where only JSON is taken. */
  readonly fromText?: (text: string) => T;
  /** How an application/octet-stream body states the same; absent where it can't. */
  readonly fromBytes?: (bytes: Uint8Array) => T;
  /** Further forms, asked before all others; the first that takes a body reads it. */
  readonly forms?: readonly BodyForm<T>[];
  /** The part of the schema that a body is checked against, where its form tells which: faults are told of that alone. */
  readonly schemaFor?: (value: unknown) => TSchema;
}

/** A form that a body may have besides JSON, told by its media type or by the headers that come with it. */
export interface BodyForm<T = unknown> {
  /** What it is called in the description of the API, such as `text/csv` or `image/*`. */
  readonly media: MediaType;
  /** What it says there of itself. */
  readonly schema: TSchema;
  /** Whether it is for a body of this type, which has no parameters and is lower-case; "" where none is stated. */
  readonly takes: (type: string, headers: Headers) => boolean;
  /** What the body states. It may throw what the caller is to hear of. */
  readonly read: (body: RawBody) => T | Promise<T>;
}

/** A body as it comes, with what its request says of it. */
export interface RawBody {
  readonly headers: Headers;
  /** All of it. Rejects with `too-large` beyond the largest body that a request may have. */
  readonly bytes: () => Promise<Uint8Array>;
  /** The same as it comes, as much as comes; null where there is none. */
  readonly stream: ReadableStream<Uint8Array> | null;
}

/** Query parameters: a schema by name, Type.Optional where they may be left out. */
export type Query = Readonly<Record<string, TSchema>>;

type ParamNames<P extends string> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamNames<Rest> : never;
type OptionalNames<Q extends Query> = { [K in keyof Q]: Q[K] extends { "~optional": true } ? K : never }[keyof Q];

type Stated<Q extends Query> = { readonly [K in Exclude<keyof Q, OptionalNames<Q>>]: Static<Q[K]> } & {
  readonly [K in OptionalNames<Q>]?: Static<Q[K]>;
};

/** The checked input of a request. */
export interface RouteRequest<
  P extends string = string,
  Q extends Query = Query,
  B = unknown,
  H extends Query = Query,
> {
  /** Path parameters, percent-decoded. */
  readonly params: { readonly [K in ParamNames<P>]: string };
  readonly query: Stated<Q>;
  /** The headers that the route names. */
  readonly headers: Stated<H>;
  readonly body: B;
  /** Of a streamed route: the id of the last event that the caller got, where it goes on after a loss. */
  readonly lastEventId?: string | undefined;
  /** How long the caller wants to wait at most, milliseconds, where it says so. */
  readonly waitMillis?: number | null;
}

/** One operation of the API: validation, documentation and dispatch all follow from it. */
export interface Route {
  readonly method: Method;
  /** With parameters in braces: `/kv/{namespace}/{key}`. */
  readonly path: string;
  readonly summary: string;
  /** The commands that it sends; looking for brokers aside. */
  readonly calls: readonly CommandName[];
  /** Requests that no server answers, or not every one, and what they were meant for is done by others. */
  readonly emulates: readonly CommandName[];
  /** Requests of brokers that it shows. */
  readonly hears: readonly CommandName[];
  readonly query: Query;
  /** Headers that it understands, by their names in lower case; their values are texts. */
  readonly headers: Query;
  readonly body: BodySpec | undefined;
  /** The answers that aren't problems, by status. */
  readonly answers: Readonly<Record<number, AnswerSpec>>;
  /** Whether an answer may also be had as text/plain. */
  readonly hasText: boolean;
  /** Whether an answer may also be had as application/octet-stream. */
  readonly hasBytes: boolean;
  /** Another media type of JSON in which an answer may be had, where it has `content`; null where there is none. */
  readonly also: MediaType | null;
  /** The media type of its answers where that isn't JSON; null where it is. */
  readonly media: MediaType | null;
  /** Media types that an answer may have besides, where the form of the request's body calls for it. */
  readonly furtherMedia: readonly MediaType[];
  /** What problems mean here, by status: those that nothing else of the definition tells, or tells as well. */
  readonly problems: Readonly<Record<number, string>>;
  readonly access: Access;
  /** Throws where this host can't do it at all, before anything of the request is looked at. */
  readonly check?: (services: Services) => void;
  handle(request: RouteRequest, services: Services): Answer | Promise<Answer>;
}

interface Definition<P extends string, Q extends Query, B, H extends Query> {
  readonly summary: string;
  readonly calls?: readonly CommandName[];
  readonly emulates?: readonly CommandName[];
  readonly hears?: readonly CommandName[];
  readonly query?: Q;
  readonly headers?: H;
  readonly body?: BodySpec<B>;
  readonly answers: Readonly<Record<number, AnswerSpec>>;
  readonly hasText?: boolean;
  readonly hasBytes?: boolean;
  readonly also?: MediaType;
  readonly media?: MediaType;
  readonly furtherMedia?: readonly MediaType[];
  readonly problems?: Readonly<Record<number, string>>;
  /** Default: `read` for GET, else `admin`. */
  readonly access?: Access;
  readonly check?: (services: Services) => void;
  handle(request: RouteRequest<P, Q, B, H>, services: Services): Answer | Promise<Answer>;
}

type NoQuery = Record<never, never>;

const defaults = {
  calls: [],
  emulates: [],
  hears: [],
  headers: {},
  hasText: false,
  hasBytes: false,
  also: null,
  media: null,
  furtherMedia: [],
  problems: {},
};

/** What a write answers besides: to a dry run, and where no answer is waited for. */
function withManner(answers: Route["answers"]): Route["answers"] {
  const { 200: done, 201: made } = answers;
  const schema = done?.schema ?? made?.schema;
  if (schema === undefined) return answers;
  const oneway = { means: "sent one-way", schema };
  const dryRun = done?.schema
    ? { means: `${done.means}; with dryRun, what would be sent`, schema: Type.Union([done.schema, DryRun]) }
    : { means: "with dryRun, what would be sent", schema: DryRun };
  return { 202: oneway, ...answers, 200: dryRun };
}

function define(method: Method) {
  return <const P extends string, Q extends Query = NoQuery, B = undefined, H extends Query = NoQuery>(
    path: P,
    { query, body, access = method === "GET" ? "read" : "admin", ...rest }: Definition<P, Q, B, H>,
  ): Route => {
    const isWrite = access === "admin" && (rest.calls?.length ?? 0) > 0;
    const understood = { ...query, ...(isWrite && mannerQuery) };
    const answers = isWrite ? withManner(rest.answers) : rest.answers;
    return { method, path, ...defaults, body, access, ...rest, query: understood, answers } as Route;
  };
}

export const get = define("GET");
export const put = define("PUT");
export const post = define("POST");
export const patch = define("PATCH");
export const del = define("DELETE");

/** A body of JSON, and of text/plain where `fromText` says what that means. */
export function json<S extends TSchema>(schema: S, fromText?: (text: string) => Static<S>): BodySpec<Static<S>> {
  return fromText ? { schema, fromText } : { schema };
}

/** Whether its answers are streams of events, which go on until one side ends them: nothing can be kept of them. */
export function isStreamed({ media }: Pick<Route, "media">): boolean {
  return media === EVENT_STREAM;
}

export const EVENT_STREAM = "text/event-stream";

/** An answer of JSON. */
export function answer(means: string, schema?: TSchema): AnswerSpec {
  return schema ? { means, schema } : { means };
}
