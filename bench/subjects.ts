import { type GatewayProcess, startGatewayProcess } from "../test/support/gateway-process.ts";
import type { LoadResult } from "./load/load.ts";
import { type HttpLoader, loadHttp } from "./rig/http-loader.ts";
import { startJavaWorker } from "./rig/java.ts";
import { TOPIC } from "./rig/name-server.ts";
import { startBunWorker, type Worker } from "./rig/worker.ts";

/** A subject that runs. */
export interface Running {
  /** The process whose CPU time and memory count. */
  readonly pid: number;
  /** From the launch of its process to its first answer. */
  readonly firstAnswerMillis: number;
  /** Loads it. `loaderMicros` is the CPU time of the process that did, 0 where that is the subject itself. */
  load(concurrency: number, millis: number): Promise<LoadResult & { readonly loaderMicros: number }>;
  stop(): Promise<void>;
}

/** What is measured. */
export interface Subject {
  readonly name: string;
  readonly what: string;
  /** Starts it against the name server at this address, and asks it once. */
  start(nameServer: string, loader: HttpLoader): Promise<Running>;
}

const routePath = `/topics/${TOPIC}/route`;

/** All of them; a variant of the gateway is one more row with the settings that make it. */
export const subjects: readonly Subject[] = [
  ownLoad("raw", "bare socket, pre-encoded frames: the limit", (at) => startBunWorker("raw", at, TOPIC)),
  ownLoad("java-sync", "NettyRemotingClient.invokeSync", (at) => startJavaWorker("RemotingLoad", ["sync", at, TOPIC])),
  ownLoad("java-async", "NettyRemotingClient.invokeAsync", (at) =>
    startJavaWorker("RemotingLoad", ["async", at, TOPIC]),
  ),
  ownLoad("client", "our client without HTTP", (at) => startBunWorker("client", at, TOPIC)),
  overHttp("http", "GET route, one upstream call each", routePath, gateway({ SINGLE_FLIGHT: "false" })),
  overHttp("shared", "GET route, single flight", routePath, gateway({})),
  overHttp("cached", "GET route, cached", routePath, gateway({ CACHE_TTL_MILLIS: "60000" })),
  overHttp("hello", "GET version: a constant on Hono, same middleware", "/version", gateway({})),
  overHttp("constant", "Bun.serve alone: the loader's limit", "/", script("constant")),
];

/** A subject that loads itself. */
function ownLoad(name: string, what: string, launch: (nameServer: string) => Promise<Worker>): Subject {
  return {
    name,
    what,
    async start(nameServer) {
      const { pid, readyMillis, ask, stop } = await launch(nameServer);
      return {
        pid,
        firstAnswerMillis: readyMillis,
        async load(concurrency, millis) {
          return { ...(await ask<LoadResult>(`${concurrency} ${millis}`)), loaderMicros: 0 };
        },
        stop,
      };
    },
  };
}

type Launch = (nameServer: string) => Promise<GatewayProcess>;

/** A subject that serves a path. */
function overHttp(name: string, what: string, path: string, launch: Launch): Subject {
  return {
    name,
    what,
    async start(nameServer, loader) {
      const startedAt = performance.now();
      const { url, pid, kill9 } = await launch(nameServer);
      await expectAnswer(url + path).catch(async (error) => {
        await kill9();
        throw error;
      });
      return {
        pid,
        firstAnswerMillis: performance.now() - startedAt,
        load: (concurrency, millis) => loadHttp(loader, url + path, concurrency, millis),
        stop: kill9,
      };
    },
  };
}

async function expectAnswer(url: string): Promise<void> {
  const response = await fetch(url);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`Cannot measure ${url}: it answered ${response.status} ${text}`);
}

/** The gateway with these settings beside its defaults; lines of log have a price of their own. */
export function gateway(settings: Readonly<Record<string, string>>): Launch {
  return (nameServer) => startGatewayProcess({ settings: { NAMESRV_ADDR: nameServer, LOG: "off", ...settings } });
}

/** A server of this folder. */
function script(name: string): Launch {
  return () => startGatewayProcess({ command: [process.execPath, `${import.meta.dir}/servers/${name}.ts`] });
}
