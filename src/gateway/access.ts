import { Fault } from "../errors.ts";
import type { Access } from "../http/route.ts";

/** What a token lets its bearer do. */
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

/** Throws `misdirected` or `forbidden` for a request that comes through a browser from somewhere else. */
export function checkOrigin(request: Request, host: string, { tokens, loopbackOnly }: AccessOptions): void {
  if (loopbackOnly && !LOOPBACK_HOST.test(host)) {
    throw new Fault("misdirected", "Cannot answer: this gateway takes requests for localhost only", {
      hint: "Set API_TOKENS to serve other host names.",
    });
  }
  // A page can't make a browser send a token, so where one is asked for nothing needs to be guessed.
  if (tokens.size > 0 || request.method === "GET" || request.method === "HEAD") return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const isForeign = site === "cross-site" || site === "same-site" || (origin !== null && hostOf(origin) !== host);
  if (isForeign) throw new Fault("forbidden", `Cannot ${request.method}: the request comes from a page elsewhere`);
}

function hostOf(origin: string): string | null {
  return URL.parse(origin)?.host ?? null;
}

/** Throws `unauthorized` or `forbidden` for a request whose token doesn't let it do this. */
export function checkToken(request: Request, needed: Access, { tokens }: AccessOptions): void {
  if (needed === "open" || tokens.size === 0) return;
  const role = roleOf(request.headers.get("authorization"), tokens);
  if (needed === "admin" && role !== "admin") {
    throw new Fault("forbidden", `Cannot ${request.method}: the token is for reading`);
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
function isSameText(known: string, guess: string): boolean {
  let difference = known.length ^ guess.length;
  for (let i = 0; i < guess.length; i++) difference |= guess.charCodeAt(i) ^ known.charCodeAt(i % known.length);
  return difference === 0;
}
