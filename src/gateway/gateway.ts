import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { Fault } from "../errors.ts";
import { problemOf, traceOf } from "../http/problem.ts";
import type { Method, Route } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { limits } from "../limits.ts";
import { type AccessOptions, checkAccess } from "./access.ts";
import { inputOf } from "./input.ts";
import { answerResponse, problemResponse } from "./output.ts";

export interface GatewayOptions {
  readonly routes: readonly Route[];
  readonly services: Services;
  readonly access?: AccessOptions;
  /** The largest body that a request may have. */
  readonly maxBodyBytes?: number;
  /** Hears of every error that is the gateway's own. */
  readonly onError?: (trace: string) => void;
}

/** The HTTP side of the gateway: give it a Request, it gives the Response. */
export interface Gateway {
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

const openAccess: AccessOptions = { tokens: new Map(), loopbackOnly: false };

/** Mounts the routes on Hono. Every reply, errors included, is the answer of a route or a problem document. */
export function createHttpGateway(options: GatewayOptions): Gateway {
  const { routes, services, access = openAccess, maxBodyBytes = limits.maxBodyBytes } = options;
  const app = new Hono({ strict: true });

  function fail(error: unknown, context: Context): Response {
    const method = context.req.method as Method;
    if (!(error instanceof Fault)) options.onError?.(traceOf(error));
    const problem = problemOf(error, { method, instance: new URL(context.req.url).pathname });
    const response = problemResponse(problem);
    if (problem.status === 401) response.headers.set("www-authenticate", "Bearer");
    return response;
  }

  const limitBody = bodyLimit({
    maxSize: maxBodyBytes,
    onError: () => {
      throw new Fault("too-large", `Cannot read the body: it has more than ${maxBodyBytes} bytes`);
    },
  });

  for (const [path, mounted] of byPath(routes)) {
    for (const route of mounted) {
      const guard: MiddlewareHandler = async (context, next) => {
        checkAccess(context.req.raw, route.method, route.isOpen, access);
        route.check?.(services);
        await next();
      };
      app.on(route.method, path, guard, limitBody, async (context) => {
        const input = await inputOf(route, context.req.raw);
        return answerResponse(await route.handle(input, services), context.req.header("accept") ?? null);
      });
    }
    const allow = mounted.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
    app.all(path, (context) => {
      const response = fail(
        new Fault("method-not-allowed", `Cannot ${context.req.method} here: it takes ${allow}`),
        context,
      );
      response.headers.set("allow", allow);
      return response;
    });
  }
  app.notFound((context) => fail(new Fault("not-found", `Cannot find ${new URL(context.req.url).pathname}`), context));
  app.onError(fail);
  return { fetch: (request) => app.fetch(request) };
}

/** The routes of each path as Hono writes it, literal segments before parameters: `/brokers/register` is no broker. */
function byPath(routes: readonly Route[]): [string, Route[]][] {
  const paths = new Map<string, Route[]>();
  for (const route of routes) {
    const path = route.path.replaceAll("{", ":").replaceAll("}", "");
    paths.set(path, [...(paths.get(path) ?? []), route]);
  }
  // ":" must sort behind every character that a literal begins with.
  const key = (path: string) => path.replaceAll(":", "\u{10ffff}");
  return [...paths].sort(([a], [b]) => (key(a) < key(b) ? -1 : 1));
}
