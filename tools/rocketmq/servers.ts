import { type Generation, rowOf } from "./generations.ts";
import { freePort } from "./ports.ts";
import { untilRegistered } from "./registration.ts";
import { type Server, type ServerOptions, startServer } from "./server.ts";

export interface BrokerOptions extends ServerOptions {
  /** `host:port` of every name server to register at. */
  readonly nameServers: readonly string[];
  /** Default `broker-a`. */
  readonly brokerName?: string;
  /** Default `DefaultCluster`. */
  readonly clusterName?: string;
  /** 0 (the default) is a master, anything else a slave. */
  readonly brokerId?: number;
}

/** A broker; its `address` is also what it registers as. It is ready, or ready again, once it has registered. */
export interface Broker extends Server {
  readonly brokerName: string;
  readonly clusterName: string;
  readonly brokerId: number;
  /**
   * Resolves when it has registered at all its name servers once more, such as after one was restarted: soon, for 3.2.6
   * within 30 s.
   */
  register(): Promise<void>;
}

// A broker also listens two below its port (for senders in a hurry) and one above it (for its slaves).
const brokerPorts = [-2, 1];

// Servers keep several JVMs on one small machine in bounds; measured needs are 70 to 180 MB and 100 to 310 MB.
const nameServerMemory = ["-Xmx256m"];
const brokerMemory = ["-Xmx512m", "-XX:MaxDirectMemorySize=512m"];

// A broker refuses messages on a disk that is 90 % full, which says nothing about what a test is after.
const brokerSystemProperties = { "rocketmq.broker.diskSpaceWarningLevelRatio": "0.99" };

/** Starts a name server of its own. Rejects with the end of its log when it does not get ready. */
export async function startNameServer(generation: Generation, options: ServerOptions = {}): Promise<Server> {
  const row = rowOf(generation);
  const port = options.port ?? (await freePort());
  return startServer({
    generation,
    kind: "name server",
    main: `${row.package}.namesrv.NamesrvStartup`,
    port,
    properties: { listenPort: port, ...row.nameServerProperties, ...options.properties },
    memoryFlags: nameServerMemory,
    systemProperties: options.systemProperties,
    files: options.files,
  });
}

/**
 * Starts a broker and resolves when it has registered at all its name servers. Topics are created on demand. Rejects
 * with the end of its log when it does not get ready. In its first second GET_BROKER_RUNTIME_INFO (28), and mqadmin's
 * brokerStatus with it, still fails for want of statistics.
 */
export async function startBroker(generation: Generation, options: BrokerOptions): Promise<Broker> {
  const row = rowOf(generation);
  const port = options.port ?? (await freePort(brokerPorts));
  const { brokerName = "broker-a", clusterName = "DefaultCluster", brokerId = 0 } = options;
  const { nameServers } = options;
  const registrant = { generation, port, nameServers, permission: options.properties?.brokerPermission };
  const server = await startServer({
    generation,
    kind: "broker",
    main: `${row.package}.broker.BrokerStartup`,
    port,
    properties: {
      listenPort: port,
      brokerName,
      brokerClusterName: clusterName,
      brokerId,
      brokerRole: brokerId === 0 ? "ASYNC_MASTER" : "SLAVE",
      brokerIP1: "127.0.0.1",
      brokerIP2: "127.0.0.1",
      namesrvAddr: nameServers.join(";"),
      storePathRootDir: "{folder}/store",
      storePathCommitLog: "{folder}/store/commitlog",
      autoCreateTopicEnable: true,
      ...row.brokerProperties,
      ...options.properties,
    },
    memoryFlags: brokerMemory,
    systemProperties: { ...brokerSystemProperties, ...options.systemProperties },
    files: options.files,
    untilReady: (log) => untilRegistered(registrant, log),
  });
  function register(): Promise<void> {
    const charsBefore = server.log().length;
    return untilRegistered(registrant, () => server.log().slice(charsBefore));
  }
  // Not a spread, which would freeze the pid of this moment.
  return Object.assign(server, { brokerName, clusterName, brokerId, register });
}
