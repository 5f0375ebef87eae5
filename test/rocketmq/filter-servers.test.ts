import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { createClient } from "../../src/client/client.ts";
import { pullMessage } from "../../src/commands/pull-message.ts";
import { sendMessage } from "../../src/commands/send-message.ts";
import { parseAddress } from "../../src/transport/address.ts";
import { connect } from "../../src/transport/bun.ts";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames } from "../../tools/rocketmq/generations.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import { type Broker, startBroker } from "../../tools/rocketmq/servers.ts";
import { sharedBroker, sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { http } from "../support/http.ts";
import { until } from "../support/until.ts";
import { type FilterServer, startFilterServer } from "./support/filter-server.ts";

setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;
const newer = generationNames.filter((generation) => generation !== "3.2.6");
const settings = { ALLOW_FILTER_CLASSES: "true" };

const source = `package flt;
import com.alibaba.rocketmq.common.filter.MessageFilter;
import com.alibaba.rocketmq.common.message.MessageExt;
public class Keep implements MessageFilter {
  public boolean match(MessageExt message) { return "yes".equals(message.getProperty("keep")); }
}
`;

function classPath(filterServer: string, className = "flt.Keep"): string {
  return `/filter-servers/${encodeURIComponent(filterServer)}/classes/${className}`;
}

describe.skipIf(!rig.available)(`a real filter server of 3.2.6${skipped}`, () => {
  const client = createClient({ connect });
  let broker: Broker;
  let filterServer: FilterServer;
  let gateway: GatewayProcess;

  beforeAll(async () => {
    const nameServer = (await sharedNameServer("3.2.6")).address;
    const names = { brokerName: "flt-broker", clusterName: "flt-cluster" };
    broker = await startBroker("3.2.6", { nameServers: [nameServer], ...names });
    filterServer = await startFilterServer(broker, nameServer);
    gateway = await startGatewayProcess({
      settings: { ...settings, NAMESRV_ADDR: nameServer, DISCOVERY_TTL_MILLIS: "0" },
    });
  }, 3 * startTimeoutMillis);
  afterAll(async () => {
    client.close();
    await filterServer[Symbol.asyncDispose]();
    await broker.stop();
    expect(await gateway.stop()).toBe(0);
  });

  const ask = (method: string, path: string, body?: unknown) => http(gateway.url, path, { method, body });

  /** The filter servers in the route of the topic; a broker registers whenever one of its topics is put. */
  async function filterServers(): Promise<string[]> {
    await ask("PUT", "/topics/flt-t?broker=flt-broker", { readQueueNums: 1, writeQueueNums: 1 });
    return (await ask("GET", "/topics/flt-t/route")).body.filterServerTable?.[broker.address] ?? [];
  }

  /** Sends a message that says whether to keep it. */
  async function send(keep: string): Promise<void> {
    const properties = `keep\u0001${keep}\u0002`;
    const header = {
      producerGroup: "flt-p",
      topic: "flt-t",
      defaultTopic: "TBW102",
      defaultTopicQueueNums: 4,
      queueId: 0,
    };
    const rest = { sysFlag: 0, bornTimestamp: Date.now(), flag: 0, properties, reconsumeTimes: 0, unitMode: false };
    const target = { ...parseAddress(broker.address), kind: "broker" } as const;
    const { code } = await client.call(target, sendMessage, {
      ...header,
      ...rest,
      body: new TextEncoder().encode(keep),
    });
    expect(code).toBe(0);
  }

  /** Pulls from the filter server as a consumer with that filter does. */
  function pull() {
    const target = { ...parseAddress(filterServer.address), kind: "filter-server" } as const;
    const from = { consumerGroup: "flt-g", topic: "flt-t", queueId: 0, queueOffset: 0, maxMsgNums: 8, sysFlag: 8 };
    const rest = { commitOffset: 0, suspendTimeoutMillis: 1_000, subscription: "flt.Keep", subVersion: 0 };
    return client.call(target, pullMessage, { ...from, ...rest });
  }

  test("compiles the class that it is given, and filters by it", async () => {
    await until("the route tells of it", async () => (await filterServers()).includes(filterServer.address));
    for (const keep of ["yes", "no", "yes"]) await send(keep);
    const before = await pull();
    expect({ code: before.code, remark: before.remark }).toEqual({
      code: 1,
      remark: expect.stringContaining("not registered"),
    });

    const body = { consumerGroup: "flt-g", topic: "flt-t", source };
    const given = await ask("PUT", classPath(filterServer.address), body);
    expect(given).toMatchObject({
      status: 200,
      body: { filterServerAddr: filterServer.address, className: "flt.Keep", consumerGroup: "flt-g", topic: "flt-t" },
    });
    const after = await until("messages can be consumed", async () => {
      const reply = await pull();
      return reply.header.nextBeginOffset === 3 && reply;
    });
    const kept = after.body?.map(({ properties }) => properties.keep);
    expect({ code: after.code, kept }).toEqual({ code: 0, kept: ["yes", "yes"] });
  });

  test("doesn't compile what is no Java, and is given nothing under another address", async () => {
    await until("the route tells of it", async () => (await filterServers()).includes(filterServer.address));
    const body = { consumerGroup: "flt-g", topic: "flt-t", source: "this is not Java" };
    expect(await ask("PUT", classPath(filterServer.address, "flt.Other"), body)).toMatchObject({
      status: 422,
      body: { code: 1, requestCode: 302, hint: expect.stringContaining("doesn't compile") },
    });
    expect((await ask("PUT", classPath(broker.address), body)).status).toBe(403);
    expect((await ask("PUT", classPath(filterServer.address), { ...body, topic: "flt-none" })).status).toBe(404);
  });

  test("that the gateway registers is one of the route's, too", async () => {
    const filterServerAddr = "127.0.0.1:12345";
    const registered = await ask("POST", "/brokers/flt-broker/filter-servers", { filterServerAddr });
    expect(registered).toMatchObject({
      status: 200,
      body: { filterServerAddr, results: [{ brokerName: "flt-broker", ok: true, code: 0 }] },
    });
    const both = await until("the broker has registered", async () => {
      const told = await filterServers();
      return told.length === 2 && told;
    });
    expect(both.toSorted()).toEqual([filterServerAddr, filterServer.address].toSorted());
  });
});

describe.skipIf(!rig.available).each([...newer])(`filter servers, which %s hasn't${skipped}`, (generation) => {
  let gateway: GatewayProcess;
  let broker: Broker;

  beforeAll(async () => {
    broker = await sharedBroker(generation);
    const NAMESRV_ADDR = (await sharedNameServer(generation)).address;
    gateway = await startGatewayProcess({ settings: { ...settings, NAMESRV_ADDR } });
  }, 2 * startTimeoutMillis);
  afterAll(async () => {
    expect(await gateway.stop()).toBe(0);
  });

  test("are 501, with what to do instead", async () => {
    const ask = (method: string, path: string, body: unknown) => http(gateway.url, path, { method, body });
    await ask("PUT", `/topics/flt-new?broker=${broker.brokerName}`, {});
    const instead = { status: 501, body: { hint: expect.stringContaining("SQL92") } };
    const filterServerAddr = "127.0.0.1:12345";
    expect(await ask("POST", `/brokers/${broker.brokerName}/filter-servers`, { filterServerAddr })).toMatchObject(
      instead,
    );
    const body = { consumerGroup: "flt-g", topic: "flt-new", source };
    expect(await ask("PUT", classPath(filterServerAddr), body)).toMatchObject(instead);
  });
});
