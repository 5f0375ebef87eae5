import { describe, expect, test } from "bun:test";
import { createClient } from "../../src/client/client.ts";
import { getBrokerClusterInfo } from "../../src/commands/get-broker-cluster-info.ts";
import { startNameServer } from "../../src/nameserver/name-server.ts";
import { connect, listen } from "../../src/transport/bun.ts";
import { until } from "../support/until.ts";
import { register } from "./brokers.ts";

const address = { host: "127.0.0.1", port: 0 };

describe("over TCP", () => {
  test("brokers come and go with their connections", async () => {
    const server = await startNameServer({ listen, address });
    const client = createClient({ connect });
    try {
      expect(server.address.port).toBeGreaterThan(0);
      const broker = await client.dial(server.address);
      await register(broker, { topics: [{ topicName: "t" }] });
      const { body } = await client.call(server.address, getBrokerClusterInfo, {});
      expect(body?.clusterAddrTable).toEqual({ c: ["b"] });
      expect(server.stats).toEqual({ connections: 2, brokers: 1, topics: 1 });
      broker.session.close();
      await until("the broker is gone", () => server.stats.brokers === 0);
    } finally {
      client.close();
      await server.close();
    }
  });

  test("the port is free once it is closed, and taken before", async () => {
    const first = await startNameServer({ listen, address });
    expect(startNameServer({ listen, address: first.address })).rejects.toThrow("Cannot listen");
    await first.close();
    const second = await startNameServer({ listen, address: first.address });
    await second.close();
  });
});
