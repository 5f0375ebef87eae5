import { type Handler, Hono } from "hono";
import { Fault } from "../errors.ts";
import { defectsOf, problemOf, traceOf } from "../http/problem.ts";
import type { Method, Route } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { limits } from "../limits.ts";
import { type AccessOptions, checkOrigin, checkToken } from "./access.ts";
import { exchanges, type Sharing } from "./exchange.ts";
import { type Exchange, exchangeOf, type Notes } from "./observe.ts";
import { emptyResponse, problemResponse, type Rendering, responseOf, streamResponse } from "./output.ts";
import { createStreams, type Streams } from "./streams.ts";

export interface GatewayOptions {
  readonly routes: readonly Route[];
  readonly services: Services;
  /** How reads of the same thing are shared. Default: those at the same time are one, and nothing is kept. */
  readonly sharing?: Sharing;
  /** The name of a request code, for what is shown of a command. Default: none is known. */
  readonly nameOf?: (code: number) => string | null;
  readonly access?: AccessOptions;
  /** The largest body that a request may have. */
  readonly maxBodyBytes?: number;
  /** Hears of every error that is the gateway's own. */
  readonly onError?: (trace: string) => void;
  /** Hears of every request once it is answered. */
  readonly onExchange?: (exchange: Exchange) => void;
}

/** The HTTP side of the gateway: give it a Request, it gives the Response. Never rejects. */
export interface HttpGateway {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Answers that are still going on. */
  readonly streams: Pick<Streams, "open" | "end">;
}

/** What goes along with a request. */
type Env = { Bindings: Notes & { readonly url: URL } };

const USUAL_METHODS = ["GET", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"];

const openAccess: AccessOptions = { tokens: new Map(), loopbackOnly: false };

/** Mounts the routes on Hono. Every reply, errors included, is the answer of a route or a problem document. */
export function createHttpGateway(options: GatewayOptions): HttpGateway {
  const { routes, services, access = openAccess, maxBodyBytes = limits.maxBodyBytes } = options;
  const { sharing = { isShared: true, ttlMillis: 0 } } = options;
  const { nameOf = () => null } = options;
  const app = new Hono<Env>({ strict: true });
  /** Methods that few have heard of. Apart, so that a usual request meets one handler only. */
  const others = new Hono<Env>({ strict: true });

  function log(defects: readonly unknown[]): void {
    for (const defect of defects) options.onError?.(traceOf(defect));
  }

  function fail(error: unknown, request: Request): Response {
    log(defectsOf(error));
    const method = (request.method === "HEAD" ? "GET" : request.method) as Method;
    const response = problemResponse(problemOf(error, { method, instance: pathOf(request) }));
    if (response.status === 401) response.headers.set("www-authenticate", "Bearer");
    return response;
  }

  const streams = createStreams(services.limits.maxStreams, (error) => log(defectsOf(error)));

  function responseFor(rendering: Rendering, request: Request): Response {
    const { stream } = rendering;
    if (stream === undefined) return responseOf(rendering, request);
    if (request.method !== "HEAD") return streamResponse(rendering, streams.keep(stream));
    stream.cancel().catch((error) => log(defectsOf(error)));
    return streamResponse(rendering, null);
  }

  const exchangesOf = exchanges({ services, access, maxBodyBytes, nameOf, sharing });

  function handlerOf(route: Route, resource: Route | undefined): Handler<Env> {
    const exchange = exchangesOf(route, resource);
    return async ({ env, req: { raw: request } }) => {
      env.route = route.path;
      const rendering = await exchange(request, env.url);
      if (rendering.defects) log(rendering.defects);
      const response = responseFor(rendering, request);
      if (rendering.content && response.status === rendering.status) env.bytes = rendering.content.length;
      return response;
    };
  }

  for (const [path, mounted] of byPath(routes)) {
    const resource = mounted.find(({ method }) => method === "GET");
    for (const route of mounted) app.on(route.method, path, handlerOf(route, resource));
    const methods = mounted.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
    const allow = [...methods, "OPTIONS"].join(", ");
    const refuse: Handler<Env> = ({ env, req: { raw: request } }) => {
      env.route = mounted[0]?.path ?? null;
      checkToken(request, "read", access);
      if (request.method === "OPTIONS") return emptyResponse(204, { allow });
      const fault = new Fault("method-not-allowed", `Cannot ${request.method} here: it takes ${allow}`);
      const response = fail(fault, request);
      response.headers.set("allow", allow);
      return response;
    };
    const untaken = USUAL_METHODS.filter((method) => !methods.includes(method));
    app.on(untaken, path, refuse);
    others.all(path, refuse);
  }
  app.notFound(({ env, req }) => others.fetch(req.raw, env));
  others.notFound(({ req: { raw: request } }) => {
    checkToken(request, "read", access);
    return fail(new Fault("not-found", `Cannot find ${pathOf(request)}`), request);
  });
  for (const each of [app, others]) each.onError((error, { req }) => fail(error, req.raw));

  async function reply(request: Request, notes: Notes): Promise<Response> {
    try {
      const url = URL.parse(request.url);
      if (url === null) throw new Fault("invalid-argument", "Cannot answer: the Host header or the path is malformed");
      const env = Object.assign(notes, { path: url.pathname, url });
      checkOrigin(request, request.headers.get("host") ?? url.host, access);
      return await app.fetch(request, env);
    } catch (error) {
      const response = fail(error, request);
      // Hono strips what it answers itself.
      return request.method === "HEAD" ? new Response(null, response) : response;
    }
  }

  return {
    streams,
    async fetch(request) {
      const startedAt = performance.now();
      const notes: Notes = { path: "/", route: null };
      const response = await reply(request, notes);
      options.onExchange?.(exchangeOf(request, response, notes, performance.now() - startedAt));
      return response;
    },
  };
}

/** The path of a request, whose URL may be malformed. */
function pathOf({ url }: Request): string {
  return URL.parse(url)?.pathname ?? "/";
}

/** The routes of each path as Hono writes it, literal segments before parameters: `/brokers/register` is no broker. */
function byPath(routes: readonly Route[]): [string, Route[]][] {
  const paths = new Map<string, Route[]>();
  for (const route of routes) {
    const path = route.path.replaceAll("{", ":").replaceAll("}", "");
    paths.set(path, [...(paths.get(path) ?? []), route]);
  }
  // A parameter must sort behind every character that a literal begins with.
  const key = (path: string) => path.replaceAll(":", "\u{10ffff}");
  return [...paths].sort(([a], [b]) => (key(a) < key(b) ? -1 : 1));
}
