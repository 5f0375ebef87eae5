import { Fault, reasonOf } from "../errors.ts";
import type { AccessOptions } from "../gateway/access.ts";
import { type NameServer, startNameServer } from "../nameserver/name-server.ts";
import { formatAddress } from "../transport/address.ts";
import { createAccessLog } from "./access-log.ts";
import { createGateway } from "./gateway.ts";
import type { Host } from "./host.ts";
import { registrationsFile } from "./registrations-file.ts";
import { helpText, limitsOf, readSettings, type Settings } from "./settings.ts";
import { tlsOf } from "./tls.ts";
import { version } from "./version.ts";

/** What a process was called with, and how it talks and ends. */
export interface Process {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  print(line: string): void;
  printError(line: string): void;
  /** Writes to standard output without keeping anything waiting but its promise, which never rejects. */
  write(text: string): Promise<void>;
  /** Calls back on the first SIGTERM or SIGINT; a second one ends the process at once. */
  onStop(stop: () => void): void;
  exit(code: number): void;
}

/** A gateway that serves. */
export interface RunningGateway {
  /** `http://host:port`. */
  readonly url: string;
  /** Stops serving, unregisters what is held, closes everything. */
  stop(): Promise<void>;
}

const EMBEDDED_PORT = 9_876;
const LOOPBACK = "127.0.0.1";

/** The main program of every runtime: settings in, a gateway until a signal comes. */
export async function main(host: Host, process: Process): Promise<void> {
  if (process.args.some((arg) => arg === "--help" || arg === "-h")) return process.print(helpText());
  if (process.args.includes("--version")) return process.print(version);
  // Listened for before anything is started or printed, so that no signal finds the process unprepared.
  const stopped = new Promise<void>((resolve) => process.onStop(resolve));
  try {
    const gateway = await start(readSettings(process.args, process.environment), host, process);
    await stopped;
    await gateway.stop();
    process.exit(0);
  } catch (error) {
    const hint = error instanceof Fault && error.options.hint ? ` ${error.options.hint}` : "";
    process.printError(`${reasonOf(error)}.${hint}`);
    process.exit(1);
  }
}

/** Starts a gateway as the settings say, with an embedded name server where they name none. */
export async function start(
  settings: Settings,
  host: Host,
  { print, printError, write }: Pick<Process, "print" | "printError" | "write">,
): Promise<RunningGateway> {
  const access = accessOf(settings);
  const tls = await tlsOf(settings);
  const embedded = settings.NAMESRV_ADDR ? null : await startEmbedded(host);
  const nameServers = settings.NAMESRV_ADDR ?? (embedded ? [embedded.address] : []);
  const store = settings.REGISTRATIONS_FILE === null ? undefined : registrationsFile(settings.REGISTRATIONS_FILE);
  const log = settings.LOG === "json" ? createAccessLog(write) : null;
  const gateway = createGateway({
    connect: host.connect,
    nameServers,
    limits: limitsOf(settings),
    closeOnTimeout: settings.CLOSE_ON_TIMEOUT,
    sharing: { isShared: settings.SINGLE_FLIGHT, ttlMillis: settings.CACHE_TTL_MILLIS },
    allowConfigChanges: settings.ALLOW_CONFIG_CHANGES,
    allowFilterClasses: settings.ALLOW_FILTER_CLASSES,
    access,
    runtime: host.runtime,
    onError: (trace) => printError(`error: ${trace}`),
    ...(log && { onExchange: log.onExchange }),
    ...(tls && { tls }),
    ...(settings.ADDRESS_MAP && { addressMap: settings.ADDRESS_MAP }),
    ...(store && { registrations: store }),
  });
  try {
    await gateway.registrations?.restore();
    const options = { host: settings.HOST, port: settings.PORT };
    const server = await host.serve(options, gateway.fetch);
    const url = `http://${formatAddress({ host: settings.HOST, port: server.port })}`;
    const lines = nameServers.map((address) => `name server ${formatAddress(address)}`);
    print([...lines, `listening on ${url}`, `try: ${tryLine(url)}`].join("\n"));
    return {
      url,
      async stop() {
        // Requests under way may still change what is held, so they end first; streams would not end by themselves.
        await Promise.all([server.stop(settings.DRAIN_TIMEOUT_MILLIS), gateway.drain()]);
        await gateway.close();
        await embedded?.close();
        await log?.close();
      },
    };
  } catch (error) {
    await gateway.close();
    await embedded?.close();
    throw error;
  }
}

/** A registration that anyone can paste. */
function tryLine(url: string): string {
  const broker = `{"clusterName":"c1","brokerName":"b1","brokerAddr":"10.0.0.7:10911","brokerId":0,"haServerAddr":"10.0.0.7:10912"}`;
  return `curl -X POST ${url}/brokers/register -H 'content-type: application/json' -d '${broker}'`;
}

/** The port that name servers are known by, or any free one where that is taken. */
async function startEmbedded({ listen }: Host): Promise<NameServer> {
  const listenOn = (port: number) => startNameServer({ listen, address: { host: LOOPBACK, port } });
  try {
    return await listenOn(EMBEDDED_PORT);
  } catch (error) {
    if (!(error instanceof Fault && error.fault === "listen-failed")) throw error;
    return listenOn(0);
  }
}

function accessOf({ HOST, API_TOKENS, INSECURE }: Settings): AccessOptions {
  const isLoopback = HOST === "localhost" || HOST === "::1" || /^127\.[0-9.]+$/.test(HOST);
  if (!isLoopback && API_TOKENS === null && !INSECURE) {
    throw new Fault("invalid-argument", `Cannot listen on ${HOST}: everyone there could call the gateway`, {
      hint: "Set API_TOKENS, or give --insecure where something else keeps callers out.",
    });
  }
  return { tokens: API_TOKENS ?? new Map(), loopbackOnly: isLoopback && API_TOKENS === null && !INSECURE };
}
