/**
 * A name server and a broker to develop against, until Ctrl-C: `bun tools/rocketmq/start.ts [generation]`.
 * @module
 */
import { generationNames, isGeneration } from "./generations.ts";
import { startBroker, startNameServer } from "./servers.ts";

const generation = process.argv[2] ?? generationNames.at(-1) ?? "";
if (!isGeneration(generation)) {
  console.error(`Cannot start Apache RocketMQ ${generation}: choose one of ${generationNames.join(", ")}`);
  process.exit(2);
}

const interrupted = new Promise<void>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
});
await using nameServer = await startNameServer(generation);
await using broker = await startBroker(generation, { nameServers: [nameServer.address] });
console.log(`Apache RocketMQ ${generation}, until Ctrl-C`);
console.log(`  name server  ${nameServer.address}`);
console.log(`  broker       ${broker.address}  ${broker.brokerName} of ${broker.clusterName}`);
console.log(`  logs         ${nameServer.folder}/log.txt`);
console.log(`               ${broker.folder}/log.txt`);
await interrupted;
