import { hash64 } from "../bytes/hash.ts";
import { utf8 } from "../bytes/utf8.ts";
import { Fault } from "../errors.ts";

/** A strong validator for a content. */
export function etagOf(content: string | Uint8Array): string {
  return `"${hash64(typeof content === "string" ? utf8(content) : content)}"`;
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
