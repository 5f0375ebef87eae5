import { describe, expect, test } from "bun:test";
import { utf8 } from "../../src/bytes/utf8.ts";
import { V3_2_6 } from "../../src/wire/versions.ts";
import { startRig } from "../gateway/support/rig.ts";
import { nameServerScript, refusing, silent } from "../support/scripts.ts";
import { startTwoSides } from "./two-sides.ts";

const all = "PATCH /name-servers/-/config";
const allowConfigChanges = true;
const change = { orderMessageEnable: "true" };

function text(properties: string) {
  return () => ({ body: utf8(properties) });
}

describe("GET /name-servers/{nameServer}/config", () => {
  test("has the properties of the one as an object of texts, line by line as the server has them", async () => {
    const lines = "# note\nlistenPort=9876\nhome=C:\\x\n a = b=c \nempty=\n__proto__=p\nключ=值\n\n";
    await using rig = await startRig({ upstreams: [{ handlers: { ...nameServerScript, 319: text(lines) } }] });
    const { text: reply } = await rig.ask(
      `GET /name-servers/${encodeURIComponent(rig.scripted[0]?.name ?? "")}/config`,
    );
    expect(reply).toBe('{"listenPort":"9876","home":"C:\\\\x","a":"b=c","empty":"","__proto__":"p","ключ":"值"}\n');
  });

  test("has a row for each of all, 3.2.6 has none to tell", async () => {
    const old = { handlers: nameServerScript, version: V3_2_6 };
    await using rig = await startRig({ upstreams: [old, "up"] });
    expect(await rig.ask("GET /name-servers/-/config")).toMatchObject({
      status: 207,
      body: {
        results: [
          { ok: false, problem: "not-supported" },
          { ok: true, config: { enableTopicList: "true" } },
        ],
      },
    });
    const one = `GET /name-servers/${encodeURIComponent(rig.scripted[0]?.name ?? "")}/config`;
    expect(await rig.ask(one)).toMatchObject({ status: 501, body: { type: "/problems/not-supported" } });
    await using older = await startRig({ upstreams: [old, old] });
    expect((await older.ask("GET /name-servers/-/config")).status).toBe(501);
    expect(older.scripted.flatMap((server) => server.requests(319))).toEqual([]);
  });
});

describe("PATCH /name-servers/{nameServer}/config", () => {
  test("is forbidden unless it was switched on, whatever is asked, and nothing is sent", async () => {
    await using rig = await startRig({ upstreams: [{}] });
    for (const [path, body] of [
      ["-", change],
      ["elsewhere:9876", change],
      ["-", { rocketmqHome: "/x" }],
      ["-", []],
    ] as const) {
      const reply = await rig.ask(`PATCH /name-servers/${path}/config`, { body });
      expect(reply).toMatchObject({ status: 403, body: { type: "/problems/forbidden" } });
      expect(reply.body.hint).toContain("ALLOW_CONFIG_CHANGES=true");
    }
    expect(rig.scripted[0]?.journal).toEqual([]);
  });

  test("changes the one, or all", async () => {
    await using sides = await startTwoSides();
    const told = async (ask: typeof sides.both) => {
      const { results } = (await ask("GET /name-servers/-/config")).body;
      return results.map(({ config }: { config: Record<string, string> }) => config.orderMessageEnable);
    };
    const one = await sides.both("PATCH /name-servers/ns1%3A9876/config", { body: change });
    expect(one.body).toMatchObject({ config: change, results: [{ nameServer: "ns1:9876", ok: true, config: change }] });
    expect(await told(sides.both)).toEqual(["false", "true"]);
    await sides.both(all, { body: { orderMessageEnable: false } });
    expect(await told(sides.both)).toEqual(["false", "false"]);
  });

  test("sends each property as a line that Java reads, with numbers and booleans as texts", async () => {
    const handlers = { ...nameServerScript, 318: () => ({}), 319: text("a=1\n") };
    await using rig = await startRig({ allowConfigChanges, upstreams: [{ handlers }] });
    const body = '{"a":1,"b":true,"c":"x = y","d":"é😀","big":9223372036854775807,"e":""}';
    expect((await rig.ask(all, { body })).status).toBe(200);
    const sent = new TextDecoder().decode(rig.scripted[0]?.requests(318)[0]?.body ?? new Uint8Array(0));
    expect(sent).toBe("a=1\nb=true\nc=x = y\nd=\\u00e9\\ud83d\\ude00\nbig=9223372036854775807\ne=\n");
  });

  test("tells what each server now has: what it doesn't know, or can't read, it overlooks", async () => {
    const body = { orderMessageEnable: "true", serverWorkerThreads: "x", nope: "y" };
    const told = text("serverWorkerThreads=8\norderMessageEnable=true\nlistenPort=9876\n");
    const telling = { handlers: { ...nameServerScript, 318: () => ({}), 319: told } };
    const mute = { handlers: { ...nameServerScript, 318: () => ({}), 319: refusing(1) } };
    await using rig = await startRig({ allowConfigChanges, upstreams: [telling, mute] });
    expect((await rig.ask(all, { body })).body).toMatchObject({
      config: body,
      results: [
        { ok: true, config: { orderMessageEnable: "true", serverWorkerThreads: "8" } },
        { ok: true, config: null },
      ],
    });
  });

  const never = ["kvConfigPath", "configStorePath", "configStorePathName", "rocketmqHome", "configBlackList"];
  test.each([...never, "KVConfigPath", "storePathRootDir", "pluginClass"])(
    "never changes %s, nor anything beside it",
    async (name) => {
      await using rig = await startRig({ allowConfigChanges, upstreams: [{}] });
      const { status, body } = await rig.ask(all, { body: { ...change, [name]: "/tmp/x" } });
      expect({ status, type: body.type }).toEqual({ status: 403, type: "/problems/forbidden" });
      expect(body.errors).toEqual([{ pointer: `/${name}`, detail: "must not be changed over the network" }]);
      expect(rig.scripted[0]?.journal).toEqual([]);
    },
  );

  test.each([
    [{}, ""],
    [[], ""],
    [{ productEnvName: "x\nkvConfigPath=/tmp/x" }, "/productEnvName"],
    [{ productEnvName: "x\rkvConfigPath=/tmp/x" }, "/productEnvName"],
    [{ productEnvName: "x\\nkvConfigPath=/tmp/x" }, "/productEnvName"],
    [{ "productEnvName=x\nkvConfigPath": "/tmp/x" }, "/productEnvName=x\nkvConfigPath"],
    [{ " kvConfigPath": "/tmp/x" }, "/ kvConfigPath"],
    [{ productEnvName: null }, "/productEnvName"],
    [{ productEnvName: 1.5 }, "/productEnvName"],
    [{ productEnvName: ["x"] }, "/productEnvName"],
  ])("takes no %j", async (body, pointer) => {
    await using rig = await startRig({ allowConfigChanges, upstreams: [{}] });
    const reply = await rig.ask(all, { body });
    expect(reply).toMatchObject({ status: 422, body: { type: "/problems/invalid-body", errors: [{ pointer }] } });
    expect(rig.scripted[0]?.journal).toEqual([]);
  });

  test("has a row for a server's own refusal, and for one that is too old", async () => {
    const refuses = { handlers: { ...nameServerScript, 318: refusing(16, "Can not update config in black list.") } };
    const old = { handlers: nameServerScript, version: V3_2_6 };
    await using rig = await startRig({ allowConfigChanges, upstreams: [refuses, old, "up"] });
    expect(await rig.ask(all, { body: change })).toMatchObject({
      status: 207,
      body: {
        results: [{ code: 16, codeName: "NO_PERMISSION" }, { problem: "not-supported" }, { ok: true, config: change }],
      },
    });
    await using older = await startRig({ allowConfigChanges, upstreams: [old, old] });
    expect((await older.ask(all, { body: change })).status).toBe(501);
    await using none = await startRig({
      allowConfigChanges,
      upstreams: [refuses, { handlers: { ...nameServerScript, 318: silent } }],
      limits: { timeoutMillis: 60 },
    });
    expect(await none.ask(all, { body: change })).toMatchObject({
      status: 502,
      body: { results: [{ code: 16 }, { problem: "timeout" }] },
    });
  });
});
