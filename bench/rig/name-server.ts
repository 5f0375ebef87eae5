import { createClient } from "../../src/client/client.ts";
import { createRegistrations, type Registrations } from "../../src/registrations/registrations.ts";
import { parseAddress } from "../../src/transport/address.ts";
import { connect } from "../../src/transport/bun.ts";
import { rowOf } from "../../tools/rocketmq/generations.ts";
import { freePort } from "../../tools/rocketmq/ports.ts";
import { startServer } from "../../tools/rocketmq/server.ts";
import { GENERATION, longLifeFlags } from "./java.ts";

/** The topic that is asked for: one broker, an answer of some 400 bytes. */
export const TOPIC = "bench";
/** A topic whose route has some 18 KB. */
export const WIDE_TOPIC = "bench-wide";
export const WIDE_BROKERS = 88;
const registerTimeoutMillis = 10_000;

/** The real name server with the topics of the bench. */
export interface BenchNameServer {
  readonly address: string;
  readonly pid: number;
  /** Takes the wide topic away, whose many registrations would be refreshed during the measurements. */
  dropWideTopic(): Promise<void>;
  stop(): Promise<void>;
}

export async function startBenchNameServer(): Promise<BenchNameServer> {
  const row = rowOf(GENERATION);
  const port = await freePort();
  const server = await startServer({
    generation: GENERATION,
    kind: "name server",
    main: `${row.package}.namesrv.NamesrvStartup`,
    port,
    properties: { listenPort: port, ...row.nameServerProperties },
    memoryFlags: longLifeFlags,
  });
  const client = createClient({ connect });
  const registrations = createRegistrations({ client, nameServers: [parseAddress(server.address)] });
  await register(registrations, "rmq-broker-production-eu-west-1-availability-zone-a-replica-set-07", TOPIC);
  const wide: string[] = [];
  for (let index = 0; index < WIDE_BROKERS; index++) {
    wide.push(await register(registrations, `b-${index}`, WIDE_TOPIC));
  }
  return {
    address: server.address,
    pid: server.pid,
    async dropWideTopic() {
      for (const id of wide) await registrations.release(id, registerTimeoutMillis);
    },
    async stop() {
      await registrations.close(registerTimeoutMillis);
      client.close();
      await server.stop();
    },
  };
}

async function register(registrations: Registrations, brokerName: string, topic: string): Promise<string> {
  // A second topic, because 5.5.0 refuses a new broker that has exactly one.
  const topicConfigTable = { [topic]: { topicName: topic }, [`${topic}-other`]: {} };
  const { id, outcomes } = await registrations.register(
    {
      clusterName: "rocketmq-cluster-production-eu-west-1",
      brokerName,
      brokerId: 0,
      brokerAddr: "127.0.0.1:10911",
      haServerAddr: "127.0.0.1:10912",
      topicConfigSerializeWrapper: { topicConfigTable },
    },
    { hold: true, force: false, oneway: false, timeoutMillis: registerTimeoutMillis },
  );
  for (const outcome of outcomes) if (!outcome.ok) throw outcome.fault;
  return id;
}
