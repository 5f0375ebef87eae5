import { expect, test } from "bun:test";
import { utf8 } from "../../src/bytes/utf8.ts";
import { V4_9_4, V4_9_7, V5_5_0 } from "../../src/wire/versions.ts";
import { startRig } from "../gateway/support/rig.ts";

const json = '{ "queueDatas": [],  "brokerDatas": [], "filterServerTable": {} }';

/** The route as it is answered, by a server of a version that has told it before. */
async function answered(version: number, query = ""): Promise<string> {
  const handlers = { 105: () => ({ body: utf8(json) }), 101: () => ({ code: 22 }) };
  await using rig = await startRig({ upstreams: [{ version, handlers }] });
  // What it answers depends on the version that is stated, which follows its own.
  await rig.ask("GET /topics/t/route");
  return (await rig.ask(`GET /topics/t/route${query}`)).text;
}

test.each([V4_9_4, V4_9_7, V5_5_0])(
  "a route of version %d is passed on as it came, blanks and all",
  async (version) => {
    expect(await answered(version)).toBe(`${json}\n`);
  },
);

test.each([
  ["an older server", V4_9_4 - 1, ""],
  ["one that is resolved", V5_5_0, "?resolved=true"],
])("the route of %s is read and written", async (_what, version, query) => {
  expect(await answered(version, query)).toBe('{"queueDatas":[],"brokerDatas":[],"filterServerTable":{}}\n');
});
