import { utf8 } from "../bytes/utf8.ts";
import { commandJson } from "../http/command-json.ts";
import { withInt64Texts } from "../http/int64-texts.ts";
import type { Problem } from "../http/problem.ts";
import type { Answer, Route } from "../http/route.ts";
import { stringifyJson } from "../json/strict.ts";
import type { JsonValue } from "../json/value.ts";
import type { RemotingCommand } from "../wire/remoting-command.ts";
import type { View } from "./accept.ts";
import { etagOf, isListed } from "./etag.ts";
import type { Preferences } from "./prefer.ts";
import { tableOf } from "./table.ts";

const JSON_TYPE = "application/json; charset=utf-8";
const COMMAND_TYPE = "application/vnd.rocketmq.command+json; charset=utf-8";
const PROBLEM_TYPE = "application/problem+json; charset=utf-8";
const TEXT_TYPE = "text/plain; charset=utf-8";
const LINE_FEED = 0x0a;

/** Replies must not be guessed to be a page, nor kept by anything on the way. */
const commonHeaders = { "x-content-type-options": "nosniff", "cache-control": "no-store" };

/** An answer as it goes out, but for what the request's conditions make of it. */
export interface Rendering {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Uint8Array<ArrayBuffer> | null;
  /** Its validator, where that isn't a hash of the content; null where there is none. */
  readonly etag: string | null | undefined;
  /** What goes on instead, for an answer that is a stream. */
  readonly stream?: Answer["stream"];
  /** Defects of our own behind it, for the log. */
  readonly defects: Answer["defects"];
}

interface RenderOptions {
  readonly route: Route;
  readonly answer: Answer;
  readonly view: View;
  readonly preferences: Preferences;
  /** The answers to the reads behind it, for the command view. */
  readonly replies: readonly RemotingCommand[];
  /** How long it may be kept, for a read. */
  readonly freshness?: Readonly<Record<string, string>>;
}

/** The body as strict JSON, with a line end. */
export function jsonText(body: unknown): string {
  return `${stringifyJson(body as JsonValue)}\n`;
}

/** JSON as a server sent it, with the line end that ours has. */
export function jsonContent(json: Uint8Array): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(json.length + 1);
  content.set(json);
  content[json.length] = LINE_FEED;
  return content;
}

/** The answer in the view that was chosen. */
export function render(options: RenderOptions): Rendering {
  const { route, answer, view, preferences, freshness } = options;
  const { status, defects, stream } = answer;
  const shown = shownAs(options);
  const headers: Record<string, string> = { ...(shown && { "content-type": shown.type }) };
  if (answer.etag !== null) Object.assign(headers, freshness);
  if (answer.headers) Object.assign(headers, answer.headers);
  if (!route.media) headers.vary = "accept, prefer";
  if (preferences.applied !== null) headers["preference-applied"] = preferences.applied;
  const content = typeof shown?.content === "string" ? utf8(shown.content) : shown?.content;
  // Another view is another content, which must not share a strong validator.
  const isAsItIs = view === "json" && !preferences.int64AsText;
  const etag = isAsItIs || answer.etag === null ? answer.etag : undefined;
  return { status, headers, content: content ?? null, etag, defects, stream };
}

interface Shown {
  /** Null where it comes as a stream. */
  readonly content: string | Uint8Array<ArrayBuffer> | null;
  readonly type: string;
}

/** What is shown of an answer, and its media type; null for one without content. */
function shownAs({ route, answer, view, preferences, replies }: RenderOptions): Shown | null {
  const { status, text, content, json } = answer;
  if (answer.stream) return { content: null, type: view };
  if (content && view.includes("/"))
    return { content, type: view.startsWith("text/") ? `${view}; charset=utf-8` : view };
  if (view === "command" && replies.length > 0) return { content: commandText(replies), type: COMMAND_TYPE };
  if (view === "text" && text !== undefined) return { content: text, type: TEXT_TYPE };
  if (view === "json" && json && !preferences.int64AsText) return { content: jsonContent(json), type: JSON_TYPE };
  const { body } = answer;
  if (body === undefined) return null;
  const schema = route.answers[status]?.schema;
  const shown = preferences.int64AsText && schema ? withInt64Texts(schema, body) : body;
  if (view === "text") return { content: tableOf(shown as JsonValue), type: TEXT_TYPE };
  return { content: jsonText(shown), type: JSON_TYPE };
}

/** The one answer as it came, or all of them where the route asked more than once. */
function commandText(replies: readonly RemotingCommand[]): string {
  const commands = replies.map((reply) => commandJson(reply));
  return jsonText(commands.length === 1 ? commands[0] : commands);
}

/** The response for a rendering; a read that the caller has already is 304. */
export function responseOf(rendering: Rendering, request: Request): Response {
  const { status, headers, content } = rendering;
  if (content === null) return emptyResponse(status, headers);
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (!isRead || status !== 200) return withContent(status, content, headers);
  if (rendering.etag === null) return withContent(status, content, headers);
  const etag = rendering.etag ?? etagOf(content);
  // It may be kept, but not used without asking.
  const validated = { "cache-control": "no-cache", ...headers, etag };
  const known = request.headers.get("if-none-match");
  if (known === null || !isListed(known, etag)) return withContent(status, content, validated);
  const { "content-type": _, ...rest } = validated as Record<string, string>;
  return emptyResponse(304, rest);
}

/** The response for an answer that is a stream: it has no length and no validator. Null stands for one that isn't wanted. */
export function streamResponse({ status, headers }: Rendering, stream: Answer["stream"] | null): Response {
  return new Response(stream ?? null, { status, headers: { ...commonHeaders, ...headers } });
}

/** A response without content. */
export function emptyResponse(status: number, headers: Readonly<Record<string, string>>): Response {
  // 204 and 304 have no length by themselves.
  const length: Record<string, string> = status === 204 || status === 304 ? {} : { "content-length": "0" };
  return new Response(null, { status, headers: { ...commonHeaders, ...headers, ...length } });
}

/** The response for a problem. */
export function problemResponse({ status, body, headers }: Problem): Response {
  return withContent(status, utf8(jsonText(body)), { ...headers, "content-type": PROBLEM_TYPE });
}

function withContent(status: number, content: Uint8Array<ArrayBuffer>, headers: Rendering["headers"]): Response {
  // The length is stated because HEAD tells it without the content.
  const length = { "content-length": String(content.length) };
  return new Response(content, { status, headers: { ...commonHeaders, ...headers, ...length } });
}
