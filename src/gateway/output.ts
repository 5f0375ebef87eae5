import type { Problem } from "../http/problem.ts";
import type { Answer } from "../http/route.ts";
import { stringifyJson } from "../json/strict.ts";
import type { JsonValue } from "../json/value.ts";

const JSON_TYPE = "application/json; charset=utf-8";
const PROBLEM_TYPE = "application/problem+json; charset=utf-8";
const TEXT_TYPE = "text/plain; charset=utf-8";

/** Replies must not be guessed to be a page, nor kept by anything on the way. */
const commonHeaders = { "x-content-type-options": "nosniff", "cache-control": "no-store" };

/** The response for an answer, in the representation that the request prefers. */
export function answerResponse(answer: Answer, accept: string | null): Response {
  const headers = { ...commonHeaders, ...answer.headers };
  if (answer.text !== undefined && prefersText(accept)) {
    return new Response(answer.text, {
      status: answer.status,
      headers: { ...headers, "content-type": TEXT_TYPE, vary: "accept" },
    });
  }
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers });
  const text = stringifyJson(answer.body as JsonValue);
  return new Response(`${text}\n`, { status: answer.status, headers: { ...headers, "content-type": JSON_TYPE } });
}

/** The response for a problem. */
export function problemResponse({ status, body, headers }: Problem): Response {
  const text = stringifyJson(body as JsonValue);
  return new Response(`${text}\n`, { status, headers: { ...commonHeaders, ...headers, "content-type": PROBLEM_TYPE } });
}

/** Whether text/plain comes with a higher quality than JSON. JSON wins a tie, so that a wildcard means JSON. */
function prefersText(accept: string | null): boolean {
  if (accept === null) return false;
  const ranges = accept.split(",").map(parseRange);
  const quality = (type: string) => {
    const matching = ranges.filter(
      ({ range }) => range === type || range === `${type.split("/")[0]}/*` || range === "*/*",
    );
    // The most specific range decides (RFC 9110, 12.5.1).
    matching.sort(
      (a, b) => Number(a.range.includes("*")) - Number(b.range.includes("*")) || b.range.length - a.range.length,
    );
    return matching[0]?.quality ?? 0;
  };
  return quality("text/plain") > quality("application/json");
}

function parseRange(text: string): { range: string; quality: number } {
  const [range = "", ...parameters] = text
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const q = parameters.find((parameter) => parameter.startsWith("q="));
  const quality = q === undefined ? 1 : Number(q.slice(2));
  return { range, quality: Number.isFinite(quality) ? quality : 0 };
}
