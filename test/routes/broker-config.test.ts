import { describe, expect, test } from "bun:test";
import { V3_2_6, V4_9_7 } from "../../src/wire/versions.ts";
import { startRig } from "../gateway/support/rig.ts";
import { refusing, silent } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import { registerBrokers } from "./support.ts";

const up = { handlers: brokerScript };
const allowConfigChanges = true;
const path = "/brokers/b1/config";
const change = { maxMessageSize: 5 };

describe("PATCH /brokers/{broker}/config", () => {
  test("is forbidden unless it was switched on, whatever is asked, and nothing is sent", async () => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig, "t");
    for (const [broker, body] of [
      ["b1", change],
      ["b9", change],
      ["b1", { rocketmqHome: "/x" }],
      ["b1", []],
    ] as const) {
      const reply = await rig.ask(`PATCH /brokers/${broker}/config`, { body });
      expect(reply).toMatchObject({ status: 403, body: { type: "/problems/forbidden" } });
      expect(reply.body.hint).toContain("ALLOW_CONFIG_CHANGES=true");
    }
    expect(rig.brokers[0]?.arrivals).toEqual([]);
  });

  const never = ["brokerConfigPath", "rocketmqHome", "filterServerNums", "namesrvAddr", "configBlackList", "aclEnable"];
  test.each([...never, "FilterServerNums", "storePathCommitLog", "messageStorePlugIn"])(
    "never changes %s, nor anything beside it",
    async (name) => {
      await using rig = await startRig({ allowConfigChanges, brokers: [up] });
      await registerBrokers(rig, "t");
      const { status, body } = await rig.ask(`PATCH ${path}`, { body: { ...change, [name]: "1" } });
      expect({ status, errors: body.errors }).toEqual({
        status: 403,
        errors: [{ pointer: `/${name}`, detail: "must not be changed over the network" }],
      });
      expect(rig.brokers[0]?.arrivals).toEqual([]);
    },
  );

  test.each([
    { brokerName: "x\nfilterServerNums=1" },
    { brokerName: "x\rfilterServerNums=1" },
    { brokerName: "x\\nfilterServerNums=1" },
    { "brokerName=x\nfilterServerNums": "1" },
    { " filterServerNums": "1" },
    {},
  ])("takes no %j", async (body) => {
    await using rig = await startRig({ allowConfigChanges, brokers: [up] });
    await registerBrokers(rig, "t");
    expect((await rig.ask(`PATCH ${path}`, { body })).status).toBe(422);
    expect(rig.brokers[0]?.arrivals).toEqual([]);
  });

  test("goes to that broker alone, a line for each property", async () => {
    await using rig = await startRig({ allowConfigChanges, brokers: [up, up] });
    await registerBrokers(rig, "t");
    expect((await rig.ask(`PATCH ${path}`, { body: { a: 1, b: true, c: "é" } })).status).toBe(200);
    expect(rig.brokers.map((one) => one.requests(25).length)).toEqual([1, 0]);
    const sent = new TextDecoder().decode(rig.brokers[0]?.requests(25)[0]?.body ?? new Uint8Array());
    expect(sent).toBe("a=1\nb=true\nc=\\u00e9\n");
  });

  test("tells null where the broker took it and then doesn't tell what it has", async () => {
    await using rig = await startRig({
      allowConfigChanges,
      brokers: [{ handlers: { ...brokerScript, 26: refusing(1) } }],
    });
    await registerBrokers(rig, "t");
    expect((await rig.ask(`PATCH ${path}`, { body: change })).body.results).toMatchObject([{ ok: true, config: null }]);
  });

  test.each([
    [{ 25: refusing(16, "Can not update config in black list.") }, 403],
    [{ 25: refusing(1, "disk full") }, 502],
    [{ 25: silent }, 504],
  ])("is what the broker makes of it", async (handlers, status) => {
    await using rig = await startRig({
      allowConfigChanges,
      brokers: [{ handlers: { ...brokerScript, ...handlers } }],
      limits: { timeoutMillis: 60 },
    });
    await registerBrokers(rig, "t");
    expect((await rig.ask(`PATCH ${path}`, { body: change })).status).toBe(status);
  });

  test("is guarded by the properties that were read", async () => {
    await using rig = await startRig({ allowConfigChanges, brokers: [up] });
    await registerBrokers(rig, "t");
    const etag = (await rig.ask(`GET ${path}`)).headers.get("etag") ?? "";
    const patch = (tag: string) => rig.ask(`PATCH ${path}`, { body: change, headers: { "if-match": tag } });
    expect((await patch('"other"')).status).toBe(412);
    expect(rig.brokers[0]?.requests(25)).toEqual([]);
    expect((await patch(etag)).status).toBe(200);
  });
});

describe("POST /brokers/{broker}/cleanups", () => {
  test.each([
    ["commitlog", 329],
    ["consume-queue", 306],
    ["unused-topics", 316],
  ])("of %s sends %d", async (target, code) => {
    await using rig = await startRig({ brokers: [up, up] });
    await registerBrokers(rig, "t");
    const { status, body } = await rig.ask("POST /brokers/b2/cleanups", { body: { target } });
    expect({ status, target: body.target, isEmulated: "emulatedBy" in body }).toEqual({
      status: 200,
      target,
      isEmulated: code === 329,
    });
    const sent = rig.brokers.map(({ arrivals }) => arrivals.map(({ request }) => request.code));
    expect(sent).toEqual([[], expect.arrayContaining([code])]);
  });

  test.each([
    [V3_2_6, "commitlog", 501],
    [V3_2_6, "unused-topics", 501],
    [V3_2_6, "consume-queue", 200],
    [V4_9_7, "commitlog", 200],
    [V4_9_7, "unused-topics", 200],
  ])("a broker of version %d cleans %s: %d", async (version, target, status) => {
    await using rig = await startRig({ brokers: [{ handlers: brokerScript, version }] });
    await registerBrokers(rig, "t");
    const reply = await rig.ask("POST /brokers/b1/cleanups", { body: { target } });
    expect(reply.status).toBe(status);
    if (status === 501) expect(reply.body.hint).toContain("served by brokers of 4.9.7 and 5.5.0");
  });

  test("of anything else is 422, and of a broker that nobody knows 404", async () => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig, "t");
    expect((await rig.ask("POST /brokers/b1/cleanups", { body: { target: "all" } })).status).toBe(422);
    expect((await rig.ask("POST /brokers/b9/cleanups", { body: { target: "commitlog" } })).status).toBe(404);
  });
});
