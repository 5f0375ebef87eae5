import { describe, expect, test } from "bun:test";
import { parseAddressMap } from "../../src/discovery/address-map.ts";
import { V3_2_6, V5_5_0 } from "../../src/wire/versions.ts";
import { startRig } from "../gateway/support/rig.ts";
import { refusing } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import { register, registerBrokers } from "./support.ts";
import { giveClass } from "./topic-queue-cases.ts";

const old = { handlers: brokerScript, version: V3_2_6 };
const allowFilterClasses = true;
const input = { consumerGroup: "g", topic: "t", source: "class B {}" };

describe("PUT /filter-servers/{filterServer}/classes/{className}", () => {
  test("is forbidden unless it was switched on, whatever is asked, and nothing is sent", async () => {
    await using rig = await startRig({ brokers: [old], allowConfigChanges: true });
    expect(await giveClass(rig.ask, rig)).toMatchObject({ status: 403 });
    const { status, body } = await rig.ask("PUT /filter-servers/x/classes/y", { body: [] });
    expect({ status, hint: body.hint }).toEqual({
      status: 403,
      hint: expect.stringContaining("ALLOW_FILTER_CLASSES=true"),
    });
    expect(rig.brokers[0]?.arrivals).toEqual([]);
  });

  test("hands over the source with its CRC-32 as number", async () => {
    await using rig = await startRig({ brokers: [old], allowFilterClasses });
    expect((await giveClass(rig.ask, rig)).status).toBe(200);
    const [sent] = rig.brokers[0]?.requests(302) ?? [];
    const extFields = { consumerGroup: "g", topic: "t", className: "a.B", classCRC: "93643943" };
    expect(sent?.extFields).toEqual(extFields);
    expect(new TextDecoder().decode(sent?.body ?? new Uint8Array())).toBe("class B {}");
  });

  test("goes to no address that the topic's brokers don't tell of", async () => {
    await using rig = await startRig({ brokers: [old, old], allowFilterClasses });
    await register(rig.ask, { brokerAddr: rig.brokers[0]?.name, filterServerList: ["nobody:1"] }, "t");
    const elsewhere = encodeURIComponent(rig.brokers[1]?.name ?? "");
    for (const address of [elsewhere, "nobody%3A2", "x", "nobody"]) {
      expect((await rig.ask(`PUT /filter-servers/${address}/classes/a.B`, { body: input })).status).toBe(403);
    }
    expect(rig.brokers.flatMap((one) => one.requests(302))).toEqual([]);
    expect((await rig.ask("PUT /filter-servers/nobody%3A1/classes/a.B", { body: input })).status).toBe(502);
    const other = { body: { ...input, topic: "none" } };
    expect((await rig.ask("PUT /filter-servers/nobody%3A1/classes/a.B", other)).status).toBe(404);
  });

  test("is dialled where the address map says", async () => {
    const addressMap = (address: string) => parseAddressMap(`far:1=${rig.brokers[0]?.name}`)(address);
    await using rig = await startRig({ brokers: [old], allowFilterClasses, addressMap });
    await register(rig.ask, { brokerAddr: rig.brokers[0]?.name, filterServerList: ["far:1"] }, "t");
    const reply = await rig.ask("PUT /filter-servers/far%3A1/classes/a.B", { body: input });
    expect(reply).toMatchObject({ status: 200, body: { filterServerAddr: "far:1" } });
  });

  test.each(["../a", "a b", "a..b", ".a", "1a", "a/b", "a.B.class;"])("takes no class %j", async (className) => {
    await using rig = await startRig({ brokers: [old], allowFilterClasses });
    expect(await giveClass(rig.ask, rig, "", className)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "{className}" }] },
    });
    expect(rig.brokers[0]?.requests(302)).toEqual([]);
  });

  test("is 422 where the filter server can't compile it", async () => {
    const remark = "java.lang.Exception: registerFilterClass error, com.alibaba.rocketmq.filtersrv.X.y(X.java:366)";
    const handlers = { ...brokerScript, 302: refusing(1, remark) };
    await using rig = await startRig({ brokers: [{ ...old, handlers }], allowFilterClasses });
    const { status, body } = await giveClass(rig.ask, rig);
    expect({ status, code: body.code, hint: body.hint }).toMatchObject({
      status: 422,
      code: 1,
      hint: expect.any(String),
    });
  });

  test("is 501 where the brokers are too new to have any", async () => {
    await using rig = await startRig({ brokers: [{ handlers: brokerScript, version: V5_5_0 }], allowFilterClasses });
    await registerBrokers(rig, "t");
    const { status, body } = await rig.ask("PUT /filter-servers/x%3A1/classes/a.B", { body: input });
    expect({ status, hint: body.hint }).toEqual({ status: 501, hint: expect.stringContaining("SQL92") });
  });
});

describe("POST /brokers/{broker}/filter-servers", () => {
  test("is 501 at a newer broker, with what to do instead", async () => {
    await using rig = await startRig({ brokers: [{ handlers: brokerScript }] });
    await registerBrokers(rig, "t");
    const body = { filterServerAddr: "10.0.0.7:1" };
    const reply = await rig.ask("POST /brokers/b1/filter-servers", { body });
    expect(reply).toMatchObject({ status: 501, body: { hint: expect.stringContaining("SQL92") } });
    expect(rig.brokers[0]?.requests(301)).toEqual([]);
  });

  test.each(["x", "x:0", "x:y", ""])("takes no address %j", async (filterServerAddr) => {
    await using rig = await startRig({ brokers: [old] });
    await registerBrokers(rig, "t");
    expect((await rig.ask("POST /brokers/b1/filter-servers", { body: { filterServerAddr } })).status).toBe(422);
  });
});
