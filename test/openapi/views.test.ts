import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { routes } from "../../routes/index.ts";
import { mediaTypesOf } from "../../src/http/openapi/house.ts";
import { startNameServer } from "../../src/nameserver/name-server.ts";
import { createGateway, type Gateway } from "../../src/runtime/gateway.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import { broker, requestOf } from "../support/http.ts";
import { operations } from "./support.ts";

const types = ["application/json", "text/plain", "application/vnd.rocketmq.command+json", "application/octet-stream"];

let gateway: Gateway;
let end: () => Promise<void>;

/** The status and the type of an answer. */
async function ask(method: string, path: string, init: Parameters<typeof requestOf>[2] = {}) {
  const { status, headers } = await gateway.fetch(requestOf("http://localhost", path, { ...init, method }));
  return { status, type: headers.get("content-type")?.split(";")[0] };
}

beforeAll(async () => {
  const { listen, connect } = memoryNetwork();
  const address = { host: "ns0", port: 9_876 };
  const nameServer = await startNameServer({ listen, address });
  gateway = createGateway({ connect, nameServers: [address] });
  const topicConfigSerializeWrapper = { topicConfigTable: { orders: {} } };
  await ask("POST", "/brokers/register", { body: broker({ topicConfigSerializeWrapper }) });
  await ask("PUT", "/kv/settings/colour", { body: { value: "blue" } });
  end = async () => {
    await gateway.close();
    await nameServer.close();
  };
});
afterAll(() => end());

/** The path of an operation with its own examples in it. */
function pathOf(path: string): string {
  const { parameters } = operations.find(([name]) => name === `GET ${path}`)?.[1] ?? { parameters: [] };
  const filled = parameters.flatMap((each) => ("in" in each && each.in === "path" ? [each] : []));
  return filled.reduce(
    (text, { name, example }) => text.replace(`{${name}}`, encodeURIComponent(String(example))),
    path,
  );
}

const reads = routes.filter(({ method, media }) => method === "GET" && media === null);

describe.each(reads.map((route) => [route.path, route] as const))("GET %s", (path, route) => {
  test("can be had in the views that it is described in, and in no other", async () => {
    for (const accept of types) {
      const isDescribed = mediaTypesOf(route).some((type) => type === accept);
      const expected = isDescribed ? { status: 200, type: accept } : { status: 406, type: "application/problem+json" };
      expect({ accept, ...(await ask("GET", pathOf(path), { headers: { accept } })) }).toEqual({ accept, ...expected });
    }
  });
});
