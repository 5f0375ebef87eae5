import { utf8 } from "../bytes/utf8.ts";
import type { Problem } from "../http/problem.ts";
import type { Answer } from "../http/route.ts";
import { stringifyJson } from "../json/strict.ts";
import type { JsonValue } from "../json/value.ts";
import type { View } from "./accept.ts";

const JSON_TYPE = "application/json; charset=utf-8";
const PROBLEM_TYPE = "application/problem+json; charset=utf-8";
const TEXT_TYPE = "text/plain; charset=utf-8";

/** Replies must not be guessed to be a page, nor kept by anything on the way. */
const commonHeaders = { "x-content-type-options": "nosniff", "cache-control": "no-store" };

/** The response for an answer, in one of its representations. */
export function answerResponse({ status, body, text, headers }: Answer, view: View): Response {
  const varying = text === undefined ? headers : { ...headers, vary: "accept" };
  if (view === "text" && text !== undefined) return response(status, text, TEXT_TYPE, varying);
  if (body === undefined) return new Response(null, { status, headers: { ...commonHeaders, ...headers } });
  return response(status, `${stringifyJson(body as JsonValue)}\n`, JSON_TYPE, varying);
}

/** The response for a problem. */
export function problemResponse({ status, body, headers }: Problem): Response {
  return response(status, `${stringifyJson(body as JsonValue)}\n`, PROBLEM_TYPE, headers);
}

function response(status: number, text: string, type: string, headers: Answer["headers"]): Response {
  const content = utf8(text);
  return new Response(content, {
    status,
    // The length is stated because HEAD tells it without the content.
    headers: { ...commonHeaders, ...headers, "content-type": type, "content-length": String(content.length) },
  });
}
