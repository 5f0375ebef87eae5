import { describe, expect, test } from "bun:test";
import type { BrokerTarget } from "../../src/discovery/broker-target.ts";
import { fakeClock } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import { silent } from "../support/scripts.ts";
import { startBrokers, type Told } from "./brokers-support.ts";

const told = (): Told => ({
  c1: { b1: { "0": "h1:1", "1": "h1:2" }, b2: { "1": "h2:2", "9007199254740993": "h2:3" } },
  c2: { "%RETRY%b/ü": { "0": "h3:1" }, __proto__: { "0": "h4:1" } },
  empty: {},
});
const known = () => {
  const clusters = told();
  // Only so is it a member of its own.
  Object.defineProperty(clusters.c2, "__proto__", { value: { "0": "h4:1" }, enumerable: true, writable: true });
  return clusters;
};
const nameOf = ({ brokerName, brokerId }: BrokerTarget) => `${brokerName}:${brokerId}`;

describe("a broker by its name", () => {
  test.each([
    ["b1", undefined, { host: "h1", port: 1, kind: "broker", cluster: "c1", brokerId: 0, address: "h1:1" }],
    ["b1", 1, { host: "h1", port: 2, brokerId: 1 }],
    ["b2", 9_007_199_254_740_993n, { host: "h2", port: 3 }],
    ["%RETRY%b/ü", 0, { host: "h3", cluster: "c2" }],
    ["__proto__", 0, { host: "h4", cluster: "c2" }],
  ])("%s with id %p", async (brokerName, brokerId, target) => {
    await using rig = await startBrokers({ told: known });
    expect(await rig.brokers.named(brokerName, brokerId)).toMatchObject({ brokerName, ...target });
  });

  test.each([
    ["b3", 0, "Cannot find broker b3: the name servers know none of that name"],
    ["constructor", 0, "Cannot find broker constructor: the name servers know none of that name"],
    ["b1", 7, "Cannot find broker b1 with id 7: it has 0, 1 only"],
    ["b2", undefined, "Cannot find broker b2 with id 0: it has 1, 9007199254740993 only"],
  ])("%s with id %p isn't there", async (brokerName, brokerId, message) => {
    await using rig = await startBrokers({ told: known });
    expect(await faultOf(rig.brokers.named(brokerName, brokerId))).toMatchObject({ fault: "not-found", message });
  });

  test("has its cluster from the clusters' own lists where a server says no other", async () => {
    await using rig = await startBrokers({ told: known, isOld: true });
    expect((await rig.brokers.named("%RETRY%b/ü")).cluster).toBe("c2");
  });

  test("is dialled where the map says", async () => {
    await using rig = await startBrokers({ told: known, map: "h1:*=gate:*,h3:1=other:7" });
    expect(await rig.brokers.named("b1", 1)).toMatchObject({ host: "gate", port: 2, address: "h1:2" });
    expect(await rig.brokers.at("h3:1")).toMatchObject({ host: "other", port: 7 });
    expect(await rig.brokers.at("other:7")).toMatchObject({ brokerName: "%RETRY%b/ü" });
    expect(await rig.brokers.at("gate:9")).toBeUndefined();
  });

  test("isn't hidden by another one under nonsense; IPv6 needs no brackets", async () => {
    const odd = () => ({ c: { a: { "0": "" }, b: { "0": "h:x" }, c: { "0": "h:70000" }, d: { "0": "fe80::1:9" } } });
    await using rig = await startBrokers({ told: odd });
    expect((await rig.brokers.all()).map(({ host, port }) => [host, port])).toEqual([["fe80::1", 9]]);
  });
});

describe("brokers of a cluster", () => {
  test("are its masters, or all of them; without one named of every cluster", async () => {
    await using rig = await startBrokers({ told: known });
    const { brokers } = rig;
    expect((await brokers.masters({ cluster: "c1" })).map(nameOf)).toEqual(["b1:0"]);
    expect((await brokers.masters()).map(nameOf)).toEqual(["b1:0", "%RETRY%b/ü:0", "__proto__:0"]);
    expect((await brokers.all({ cluster: "c1" })).map(nameOf)).toEqual(["b1:0", "b1:1", "b2:1", "b2:9007199254740993"]);
    expect(await brokers.all({})).toHaveLength(6);
  });

  test("are not there, or not of that name", async () => {
    await using rig = await startBrokers({ told: known });
    for (const cluster of ["c3", "constructor", "toString"]) {
      const fault = await faultOf(rig.brokers.masters({ cluster }));
      expect(fault).toMatchObject({
        fault: "not-found",
        message: `Cannot find cluster ${cluster}: the name servers know none of that name`,
      });
    }
    expect(await faultOf(rig.brokers.masters({ cluster: "empty" }))).toMatchObject({ fault: "unavailable" });
    rig.told = {};
    rig.brokers.forget();
    expect(await faultOf(rig.brokers.masters())).toMatchObject({ fault: "unavailable" });
  });
});

describe("brokers of a topic", () => {
  test("are those in its route", async () => {
    await using rig = await startBrokers({ told: known });
    Object.assign(rig.topics, { "t/%": ["b1", "b2"], s: ["b2"] });
    expect((await rig.brokers.mastersOf("t/%")).map(nameOf)).toEqual(["b1:0"]);
    expect((await rig.brokers.allOf("t/%")).map(nameOf)).toEqual(["b1:0", "b1:1", "b2:1", "b2:9007199254740993"]);
    expect(await faultOf(rig.brokers.mastersOf("s"))).toMatchObject({ fault: "unavailable" });
    const none = await faultOf(rig.brokers.allOf("none"));
    expect(none).toMatchObject({ fault: "refused", options: { response: { code: 17, requestCode: 105 } } });
  });
});

describe("what name servers said", () => {
  test("is relied on for its time, and asked for once by all who need it then", async () => {
    using clock = fakeClock();
    await using rig = await startBrokers({ told: known, ttlMillis: 1_000 });
    Object.assign(rig.topics, { t: ["b1"] });
    const { brokers } = rig;
    await Promise.all([
      brokers.named("b1"),
      brokers.masters(),
      brokers.at("h1:1"),
      brokers.mastersOf("t"),
      brokers.allOf("t"),
    ]);
    await brokers.named("b1");
    expect([rig.asked(106), rig.asked(105)]).toEqual([1, 1]);
    await clock.advance(1_000);
    await Promise.all([brokers.named("b1"), brokers.allOf("t")]);
    expect([rig.asked(106), rig.asked(105)]).toEqual([2, 2]);
  });

  test("is asked for again before anything is said not to be there", async () => {
    await using rig = await startBrokers({ told: known });
    await rig.brokers.named("b1");
    rig.told = { c9: { b9: { "0": "h9:1" } } };
    expect((await rig.brokers.named("b9")).host).toBe("h9");
    expect(await rig.brokers.masters({ cluster: "c9" })).toHaveLength(1);
    expect(rig.asked(106)).toBe(2);
    Object.assign(rig.topics, { late: ["b9"] });
    expect(await rig.brokers.mastersOf("late")).toHaveLength(1);
  });

  test("is waited for no longer than a request may take", async () => {
    using clock = fakeClock();
    await using rig = await startBrokers({ told: known });
    rig.nameServer.handlers[106] = silent;
    const exchange = () => Promise.reject(new Error("unused"));
    const hurried = rig.brokers.through({ read: exchange, write: exchange }, () => 50);
    const fault = faultOf(hurried.named("b1"));
    await clock.advance(50, 1);
    expect(await fault).toMatchObject({
      fault: "timeout",
      message: "Cannot look up the brokers: no name server told within 50 ms",
    });
    await clock.advance(5_000, 50);
  });
});
