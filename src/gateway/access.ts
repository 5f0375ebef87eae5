import { Fault } from "../errors.ts";
import type { Method } from "../http/route.ts";

/** What a token lets its bearer do: `read` is GET alone. */
export type Role = "admin" | "read";

export interface AccessOptions {
  /** Role by bearer token; none means that no token is asked for. */
  readonly tokens: ReadonlyMap<string, Role>;
  /**
   * Whether only loopback names are taken in the Host header. On loopback without tokens a page in a browser could
   * otherwise reach the gateway through a name that its owner points at 127.0.0.1.
   */
  readonly loopbackOnly: boolean;
}

const LOOPBACK_HOST = /^(localhost|.+\.localhost|127(\.[0-9]{1,3}){3}|\[::1\])(:[0-9]+)?$/i;

/** Throws `misdirected`, `unauthorized` or `forbidden` for a request that may not pass. */
export function checkAccess(request: Request, method: Method, isOpen: boolean, options: AccessOptions): void {
  const host = request.headers.get("host") ?? new URL(request.url).host;
  if (options.loopbackOnly && !LOOPBACK_HOST.test(host)) {
    throw new Fault("misdirected", "Cannot answer: this gateway takes requests for localhost only", {
      hint: "Set API_TOKENS to serve other host names.",
    });
  }
  if (isOpen || options.tokens.size === 0) return;
  const role = roleOf(request.headers.get("authorization"), options.tokens);
  if (role === "read" && method !== "GET") {
    throw new Fault("forbidden", `Cannot ${method}: the token is for reading`);
  }
}

function roleOf(authorization: string | null, tokens: ReadonlyMap<string, Role>): Role {
  const token = /^bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) throw new Fault("unauthorized", "Cannot answer: a bearer token is needed");
  let role: Role | undefined;
  for (const [known, granted] of tokens) if (isSameText(known, token)) role = granted;
  if (role === undefined) throw new Fault("unauthorized", "Cannot answer: the token is not known");
  return role;
}

/** Compares in a time that doesn't tell how much of a guess is right. */
function isSameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ (b.charCodeAt(i % (b.length || 1)) || 0);
  return difference === 0;
}
