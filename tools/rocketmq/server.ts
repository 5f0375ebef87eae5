import { existsSync, readFileSync } from "node:fs";
import { type Daemon, startDaemon } from "./daemon.ts";
import type { Generation } from "./generations.ts";
import { type Home, makeHome } from "./home.ts";
import { jarsOf } from "./jars.ts";
import { jvmCommand } from "./jvm.ts";
import { logbackFiles } from "./logback.ts";

/** How long a server may take from its launch until it is ready. */
export const startTimeoutMillis = 60_000;
/** How long an orderly shutdown may take before it becomes a kill -9. */
const shutdownTimeoutMillis = 30_000;
const pollMillis = 20;
const tailChars = 4_000;

/** One running server of Apache RocketMQ, in a process and a folder of its own. */
export interface Server extends AsyncDisposable {
  readonly generation: Generation;
  /** `127.0.0.1:port`. */
  readonly address: string;
  readonly port: number;
  /** Its temporary folder. */
  readonly folder: string;
  /** The process now running; another one after a restart. */
  readonly pid: number;
  /** Everything that it has printed and logged so far. */
  log(): string;
  /** Freezes the process: connections stay open and are accepted by the system, but nothing is answered. */
  suspend(): void;
  /** Ends {@link Server.suspend}. */
  resume(): void;
  /** Ends the process at once, as a crash would. The folder and the port stay for a restart. */
  kill9(): Promise<void>;
  /** Asks the process to shut down and waits until it has, for up to 6 seconds. The folder stays. */
  terminate(): Promise<void>;
  /** Starts it again on the same port and folder, after a kill -9 if it still runs. Resolves when it is ready. */
  restart(): Promise<void>;
  /** Ends the process at once and deletes the folder. Idempotent; also done by `await using`. */
  stop(): Promise<void>;
}

/** What callers may say about every kind of server. In each text `{folder}` stands for the server's own folder. */
export interface ServerOptions {
  /** The port to listen on. Default: a free one. */
  readonly port?: number;
  /** Lines of its configuration file; they win over the rig's own. */
  readonly properties?: Readonly<Record<string, string | number | boolean>>;
  /** Java system properties, such as `tls.server.mode`. */
  readonly systemProperties?: Readonly<Record<string, string>>;
  /** Files to put into its folder by relative path, such as `conf/plain_acl.yml`. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface ServerPlan extends Pick<ServerOptions, "systemProperties" | "files"> {
  readonly generation: Generation;
  /** For error messages: "name server". */
  readonly kind: string;
  /** Full name of the class to run. */
  readonly main: string;
  readonly port: number;
  readonly properties: Readonly<Record<string, string | number | boolean>>;
  readonly memoryFlags: readonly string[];
  /** What has to happen after its "boot success", seen in what it has logged since its launch. */
  readonly untilReady?: (log: () => string) => Promise<void>;
}

/** Starts a server and resolves when it is ready. Rejects with the end of its log when it is not in time. */
export async function startServer(plan: ServerPlan): Promise<Server> {
  const jars = await jarsOf(plan.generation);
  const configuration = Object.entries(plan.properties).map(([name, value]) => `${name}=${value}\n`);
  const home = await makeHome({
    ...logbackFiles(plan.generation, "all-to-stdout"),
    "server.properties": configuration.join(""),
    ...plan.files,
  });
  let daemon: Daemon | undefined;

  async function launch(): Promise<void> {
    const charsBefore = logOf(home).length;
    const logSince = () => logOf(home).slice(charsBefore);
    daemon = await startJvm(plan, home, jars);
    await untilBooted(plan, daemon, logSince);
    await plan.untilReady?.(logSince);
  }
  function signal(name: NodeJS.Signals): void {
    if (daemon?.ended() === false) daemon.signal(name);
  }
  async function end(name: NodeJS.Signals): Promise<void> {
    signal(name);
    const force = setTimeout(signal, shutdownTimeoutMillis, "SIGKILL");
    await daemon?.exited;
    clearTimeout(force);
  }
  async function stop(): Promise<void> {
    await end("SIGKILL");
    await home.remove();
  }

  await launch().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    generation: plan.generation,
    address: `127.0.0.1:${plan.port}`,
    port: plan.port,
    folder: home.folder,
    get pid() {
      return daemon?.pid ?? 0;
    },
    log: () => logOf(home),
    suspend: () => signal("SIGSTOP"),
    resume: () => signal("SIGCONT"),
    kill9: () => end("SIGKILL"),
    terminate: () => end("SIGTERM"),
    async restart() {
      await end("SIGKILL");
      await launch();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function startJvm(plan: ServerPlan, home: Home, jars: string): Promise<Daemon> {
  const { command, env } = jvmCommand({
    generation: plan.generation,
    home,
    classPath: [`${jars}/*`],
    main: plan.main,
    args: ["-c", `${home.folder}/server.properties`],
    memoryFlags: plan.memoryFlags,
    systemProperties: plan.systemProperties,
  });
  return startDaemon(command, { folder: home.folder, env });
}

async function untilBooted(plan: ServerPlan, daemon: Daemon, log: () => string): Promise<void> {
  const deadline = Date.now() + startTimeoutMillis;
  // All generations print this once they listen.
  while (!log().includes("boot success")) {
    const ended = daemon.ended();
    if (ended || Date.now() > deadline) {
      const reason = ended ? "it ended before it was ready" : `it was not ready in ${startTimeoutMillis} ms`;
      throw new Error(`Cannot start a ${plan.kind} ${plan.generation}: ${reason}\n${log().slice(-tailChars)}`);
    }
    await Bun.sleep(pollMillis);
  }
}

function logOf(home: Home): string {
  const path = `${home.folder}/log.txt`;
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
