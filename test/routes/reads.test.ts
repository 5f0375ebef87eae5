import { describe, expect, test } from "bun:test";
import { utf8 } from "../../src/bytes/utf8.ts";
import { V3_2_6, V5_5_0 } from "../../src/wire/versions.ts";
import { startRig, type Upstream } from "../gateway/support/rig.ts";
import { nameServerScript } from "../support/scripts.ts";
import { identity } from "./support.ts";

/** A name server that answers one request code with this text. */
function saying(code: number, text: string, version = V5_5_0): Upstream {
  return { version, handlers: { [code]: () => ({ body: utf8(text) }) } };
}

describe("clusters and brokers", () => {
  // As 3.x spells it: keys without quotes, no cluster in a broker, and names whose brokers have gone.
  const info = `{"brokerAddrTable":{"b1":{"brokerAddrs":{0:"10.0.0.1:1",1:"10.0.0.2:1"},"brokerName":"b1"},
    "b2":{"brokerAddrs":{0:"10.0.0.3:1"},"brokerName":"b2","cluster":"elsewhere"},
    "b3":{"brokerAddrs":{},"brokerName":"b3"}},
    "clusterAddrTable":{"c1":["b1","gone","constructor"],"c2":["b2"]}}`;
  const b1 = { brokerName: "b1", brokerAddrs: { "0": "10.0.0.1:1", "1": "10.0.0.2:1" } };
  const b2 = { brokerName: "b2", brokerAddrs: { "0": "10.0.0.3:1" }, cluster: "elsewhere" };
  const c1 = { clusterName: "c1", brokerNames: ["b1", "gone", "constructor"], brokerDatas: [b1] };

  test.each([
    ["/clusters", { data: [c1, { clusterName: "c2", brokerNames: ["b2"], brokerDatas: [b2] }], next: null }],
    ["/clusters/c1", c1],
    ["/brokers", { data: [{ cluster: "c1", ...b1 }, b2, { brokerName: "b3", brokerAddrs: {} }], next: null }],
    ["/brokers/b1", { cluster: "c1", ...b1 }],
    ["/brokers/b2", b2],
  ])("%s says what the name server does, and a broker its cluster", async (path, body) => {
    await using rig = await startRig({ upstreams: [saying(106, info)] });
    expect((await rig.ask(`GET ${path}`)).body).toEqual(body);
  });

  test.each(["/clusters/elsewhere", "/clusters/toString", "/brokers/gone", "/brokers/constructor"])(
    "%s is none",
    async (path) => {
      await using rig = await startRig({ upstreams: [saying(106, info)] });
      expect((await rig.ask(`GET ${path}`)).status).toBe(404);
    },
  );
});

test("a route is strict JSON under the newest names, whatever the server's dialect", async () => {
  const route = `{"brokerDatas":[{"brokerAddrs":{0:"10.0.0.1:1",9007199254740993:"10.0.0.2:1"},"brokerName":"b1"}],
    "filterServerTable":{"10.0.0.1:1":["10.0.0.9:1"]},
    "queueDatas":[{"brokerName":"b1","perm":6,"readQueueNums":4,"topicSynFlag":1,"writeQueueNums":4}],
    "orderTopicConf":"b1:4"}`;
  await using rig = await startRig({ upstreams: [saying(105, route, V3_2_6)] });
  const { text, body } = await rig.ask("GET /topics/t/route");
  expect(body).toEqual({
    brokerDatas: [{ brokerName: "b1", brokerAddrs: { "0": "10.0.0.1:1", "9007199254740993": "10.0.0.2:1" } }],
    filterServerTable: { "10.0.0.1:1": ["10.0.0.9:1"] },
    queueDatas: [{ brokerName: "b1", perm: 6, readQueueNums: 4, topicSysFlag: 1, writeQueueNums: 4 }],
    orderTopicConf: "b1:4",
  });
  expect(() => JSON.parse(text)).not.toThrow();
});

describe("a DataVersion", () => {
  const ask = async (...answers: Record<string, string>[]) => {
    const upstreams = answers.map((extFields) => ({ handlers: { ...nameServerScript, 322: () => ({ extFields }) } }));
    await using rig = await startRig({ upstreams });
    return (await rig.ask("POST /brokers/data-version", { body: identity() })).body;
  };

  test.each([
    [{ changed: "false" }, false],
    [{ changed: "true" }, true],
    [{}, true],
  ])("of which a server says %j", async (extFields, needRegister) => {
    expect(await ask(extFields as Record<string, string>)).toMatchObject({ needRegister, results: [{ needRegister }] });
  });

  test("differs as soon as one server's does", async () => {
    const results = [{ needRegister: false }, { needRegister: true }];
    expect(await ask({ changed: "false" }, { changed: "true" })).toMatchObject({ needRegister: true, results });
    expect(await ask({ changed: "false" }, { changed: "false" })).toMatchObject({ needRegister: false });
  });
});
