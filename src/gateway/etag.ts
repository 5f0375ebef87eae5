import { toBase64 } from "../bytes/base64.ts";
import { utf8 } from "../bytes/utf8.ts";
import { Fault } from "../errors.ts";

/** As many bytes of a SHA-256 as make two different texts with one tag out of the question. */
const TAG_BYTES = 15;

/** A strong validator for a content. */
export async function etagOf(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", typeof content === "string" ? utf8(content) : content);
  return `"${toBase64(new Uint8Array(hash, 0, TAG_BYTES))
    .replaceAll("+", "-")
    .replaceAll("/", "_")}"`;
}

/** Whether a list of validators, or `*`, holds this one; null stands for a resource that isn't there. */
export function isListed(list: string, etag: string | null): boolean {
  if (etag === null) return false;
  if (list.trim() === "*") return true;
  return list.split(",").some((each) => each.trim().replace(/^W\//, "") === etag);
}

/** Throws `precondition-failed` unless If-Match and If-None-Match of a write hold for the resource as it is. */
export function checkPreconditions(headers: Headers, etag: string | null): void {
  const match = headers.get("if-match");
  const noneMatch = headers.get("if-none-match");
  if (match !== null && !isListed(match, etag)) {
    const now = etag === null ? "it isn't there" : `it is ${etag} now`;
    throw new Fault("precondition-failed", `Cannot change it: If-Match asks for another state, ${now}`);
  }
  if (noneMatch !== null && isListed(noneMatch, etag)) {
    throw new Fault("precondition-failed", `Cannot change it: If-None-Match forbids the state that it has, ${etag}`);
  }
}
