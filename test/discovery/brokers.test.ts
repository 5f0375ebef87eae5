import { describe, expect, test } from "bun:test";
import { deleteTopicInBroker } from "../../src/commands/delete-topic-in-broker.ts";
import { getTopicConfig } from "../../src/commands/get-topic-config.ts";
import { viewBrokerStatsData } from "../../src/commands/view-broker-stats-data.ts";
import type { BrokerTarget } from "../../src/discovery/broker-target.ts";
import { V3_2_6, V4_9_7 } from "../../src/wire/versions.ts";
import { fakeClock } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import { closing, refusing, silent } from "../support/scripts.ts";
import { startBrokers } from "./brokers-support.ts";

const values = { statsName: "s", statsKey: "k" };
const good = { handlers: { 315: () => ({}), 215: () => ({}), 38: refusing(1) } };

describe("one broker", () => {
  test("answers, or refuses with its code", async () => {
    await using rig = await startBrokers({ scripts: [good, { handlers: { 315: refusing(1, "no") } }] });
    const [one, two] = await rig.brokers.masters();
    expect((await rig.brokers.read(one as BrokerTarget, viewBrokerStatsData, values)).code).toBe(0);
    const fault = await faultOf(rig.brokers.read(two as BrokerTarget, viewBrokerStatsData, values));
    expect(fault).toMatchObject({
      fault: "refused",
      target: rig.servers[1]?.name,
      options: { response: { code: 1, remark: "no", requestCode: 315 } },
    });
    expect(rig.asked(106)).toBe(1);
  });

  test("that moved is found where it is now, and asked there, once", async () => {
    await using rig = await startBrokers({ scripts: [good, good] });
    const [old, now] = rig.servers;
    rig.told = { c1: { b1: { "0": String(old?.name) } } };
    const broker = await rig.brokers.named("b1");
    await rig.brokers.read(broker, viewBrokerStatsData, values);
    for (const { socket } of old?.connections ?? []) socket.close();
    await old?.saw("1 close");
    await old?.stop();
    rig.told = { c1: { b1: { "0": String(now?.name) } } };
    await rig.brokers.write(broker, deleteTopicInBroker, { topic: "t" });
    expect(now?.requests(215)).toHaveLength(1);
    expect(rig.asked(106)).toBe(2);
    // Who looks it up from here on finds it at once.
    expect((await rig.brokers.named("b1")).address).toBe(String(now?.name));
    expect(rig.asked(106)).toBe(2);
  });

  test("that is gone is a failure at once, of the address that it has", async () => {
    await using rig = await startBrokers({ scripts: [good], told: () => ({ c1: { b1: { "0": "nobody:1" } } }) });
    const broker = await rig.brokers.named("b1");
    const fault = await faultOf(rig.brokers.read(broker, viewBrokerStatsData, values));
    expect(fault).toMatchObject({ fault: "connect-failed", target: "nobody:1" });
    rig.told = {};
    expect((await faultOf(rig.brokers.read(broker, viewBrokerStatsData, values))).fault).toBe("connect-failed");
    rig.nameServer.handlers[106] = closing;
    expect((await faultOf(rig.brokers.read(broker, viewBrokerStatsData, values))).fault).toBe("connect-failed");
  });

  test.each([
    ["hangs up", closing, "closed"],
    ["says nothing", silent, "timeout"],
  ])("that %s may have done it: it isn't asked again, and looked up anew", async (_, handler, fault) => {
    await using rig = await startBrokers({ scripts: [{ handlers: { 215: handler } }] });
    const broker = await rig.brokers.named("b1");
    expect(await faultOf(rig.brokers.write(broker, deleteTopicInBroker, { topic: "t" }, 30))).toMatchObject({ fault });
    expect(rig.servers[0]?.requests(215)).toHaveLength(1);
    await rig.brokers.named("b1");
    expect(rig.asked(106)).toBe(2);
  });

  test.each([
    [V3_2_6, "3.2.6"],
    [V4_9_7, "4.9.7"],
    [513, "5.5.0"],
  ] as const)("of version %d is of generation %s", async (version, generation) => {
    await using rig = await startBrokers({ scripts: [{ ...good, version }] });
    expect(await rig.brokers.generation(await rig.brokers.named("b1"))).toBe(generation);
  });

  test("of a version that doesn't know a request isn't sent it, and the hint says who does", async () => {
    await using rig = await startBrokers({ scripts: [{ ...good, version: V3_2_6 }] });
    const fault = await faultOf(rig.brokers.read(await rig.brokers.named("b1"), getTopicConfig, { topic: "t" }));
    expect(fault).toMatchObject({ fault: "not-supported", options: { hint: "It is served by brokers of 5.5.0." } });
    expect(rig.servers[0]?.arrivals.map(({ request }) => request.code)).toEqual([38]);
  });
});

describe("brokers side by side", () => {
  test("are asked at the same time, under one deadline, with a row for each", async () => {
    using clock = fakeClock();
    await using rig = await startBrokers({
      scripts: [good, { handlers: { 315: silent } }, { handlers: { 315: refusing(1) } }],
    });
    const asking = rig.brokers.readEach(await rig.brokers.masters(), viewBrokerStatsData, values, 200);
    await clock.advance(200, 10);
    const outcomes = await asking;
    expect(outcomes.map(({ broker: { brokerName }, target }) => [brokerName, target])).toEqual(
      rig.servers.map(({ name }, at) => [`b${at + 1}`, name]),
    );
    expect(outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.fault.fault))).toEqual(["ok", "timeout", "refused"]);
    expect(outcomes[1]?.elapsedMillis).toBeGreaterThanOrEqual(200);
  });

  test("take several steps each within what is left", async () => {
    using clock = fakeClock();
    await using rig = await startBrokers({ scripts: [good] });
    const wait = () => new Promise((resolve) => setTimeout(resolve, 60));
    const steps = rig.brokers.each(
      await rig.brokers.masters(),
      async (_, left) => {
        await wait();
        return Math.round(left());
      },
      100,
    );
    await clock.advance(60, 10);
    expect(await steps).toMatchObject([{ ok: true, value: 40 }]);
  });

  test("go through the exchanges that they are given; what name servers tell doesn't", async () => {
    await using rig = await startBrokers({ scripts: [good] });
    const seen: string[] = [];
    const refuse = (name: string) => async () => {
      seen.push(name);
      throw new Error("stop");
    };
    const planned = rig.brokers.through({ read: refuse("read"), write: refuse("write") });
    const [broker] = await planned.masters();
    await planned.readEach([broker as BrokerTarget], viewBrokerStatsData, values);
    await planned.writeEach([broker as BrokerTarget], deleteTopicInBroker, { topic: "t" });
    expect(await planned.generation(broker as BrokerTarget)).toBe("5.5.0");
    expect(seen).toEqual(["read", "write"]);
    expect(rig.asked(106)).toBe(1);
  });
});
