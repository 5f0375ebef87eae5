import { Fault, reasonOf } from "../errors.ts";
import { problemResponse } from "../gateway/output.ts";
import { problemOf } from "../http/problem.ts";
import type { Method } from "../http/route.ts";
import { connect } from "../transport/workerd.ts";
import { accessEntry } from "./access-log.ts";
import { createGateway } from "./gateway.ts";
import { createMeasures, type Measures } from "./measures.ts";
import { limitsOf, readSettings, type Settings } from "./settings.ts";

/** The bindings of the worker: the settings as texts. */
type Environment = Readonly<Record<string, string | undefined>>;

/** What keeps a request's work alive after its response. */
interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void;
}

/** Of all requests to this isolate. Made by the first of them: before it there is no clock. */
let measures: Measures | undefined;

function settingsOf(environment: Environment): Settings {
  const settings = readSettings([], { LOG: "off", ...environment });
  if (settings.NAMESRV_ADDR === null) throw new Fault("unavailable", "Cannot serve: NAMESRV_ADDR is not set");
  // A worker has no address of its own to be careful with: whoever knows its name can call it.
  if (settings.API_TOKENS === null && !settings.INSECURE) {
    throw new Fault("unavailable", "Cannot serve: everyone could call the gateway", {
      hint: "Set API_TOKENS, or INSECURE=true where something else keeps callers out.",
    });
  }
  return settings;
}

/**
 * A socket belongs to the request that opened it, so every request has a client of its own, and no registration can
 * be held. The certificate authorities are the worker's own setting, not ours.
 */
async function answer(request: Request, environment: Environment, context: ExecutionContext): Promise<Response> {
  const settings = settingsOf(environment);
  measures ??= createMeasures();
  const gateway = createGateway({
    connect,
    nameServers: settings.NAMESRV_ADDR ?? [],
    access: { tokens: settings.API_TOKENS ?? new Map(), loopbackOnly: false },
    limits: limitsOf(settings),
    allowConfigChanges: settings.ALLOW_CONFIG_CHANGES,
    allowFilterClasses: settings.ALLOW_FILTER_CLASSES,
    registrations: false,
    runtime: "workerd",
    measures,
    ...(settings.ADDRESS_MAP && { addressMap: settings.ADDRESS_MAP }),
    ...(settings.LOG === "json" && {
      onExchange: (exchange) => console.log(JSON.stringify(accessEntry(exchange))),
    }),
    onError: (trace) => console.error(`error: ${trace}`),
    ...(settings.TLS && { tls: settings.TLS_SERVER_NAME === null ? {} : { serverName: settings.TLS_SERVER_NAME } }),
  });
  const close = () => gateway.close();
  try {
    const response = await gateway.fetch(request);
    const { body } = response;
    if (body === null || response.headers.has("content-length")) {
      context.waitUntil(close());
      return response;
    }
    // What goes on needs its connections until it ends, or its reader goes.
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    context.waitUntil(body.pipeTo(writable).then(close, close));
    return new Response(readable, response);
  } catch (error) {
    context.waitUntil(close());
    throw error;
  }
}

export default {
  async fetch(request: Request, environment: Environment, context: ExecutionContext): Promise<Response> {
    try {
      return await answer(request, environment, context);
    } catch (error) {
      console.error(`error: ${reasonOf(error)}`);
      return problemResponse(
        problemOf(error, { method: request.method as Method, instance: new URL(request.url).pathname }),
      );
    }
  },
};
