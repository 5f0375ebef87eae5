/** Our client without HTTP, body decoded: `bun client.ts host:port topic`. */
import { createClient } from "../../src/client/client.ts";
import { getRouteInfoByTopic } from "../../src/commands/get-route-info-by-topic.ts";
import { parseAddress } from "../../src/transport/address.ts";
import { connect } from "../../src/transport/bun.ts";
import { repeat } from "../load/load.ts";
import { loadOf, work } from "./worker.ts";

const [address = "", topic = ""] = process.argv.slice(2);
const server = parseAddress(address);
const client = createClient({ connect });

async function call(): Promise<void> {
  const { body } = await client.call(server, getRouteInfoByTopic, { topic });
  if (body?.brokerDatas.length === undefined) throw new Error(`Cannot read the route of ${topic}: there is none`);
}

await call();
await work((...words) => repeat(loadOf(...words), call));
