import { describe, expect, test } from "bun:test";
import { startRig } from "../gateway/support/rig.ts";
import { broker } from "../support/http.ts";

const max = "9223372036854775807";
const min = "-9223372036854775808";

/** The broker of the examples as JSON text, with these members as they are spelled here. */
function brokerText(members: Record<string, string>, omitted: readonly string[] = []): string {
  const kept = Object.entries(broker()).filter(([name]) => !(name in members) && !omitted.includes(name));
  const texts = kept.map(([name, value]): [string, string] => [name, JSON.stringify(value)]);
  return `{${[...texts, ...Object.entries(members)].map(([name, value]) => `"${name}":${value}`).join(",")}}`;
}

describe("an id of a broker", () => {
  test.each(["0", "1", "9007199254740991", "9007199254740992", "9007199254740993", "1234567890123456789", max])(
    "%s has its digits everywhere",
    async (brokerId) => {
      await using rig = await startRig();
      const registered = await rig.ask("POST /brokers/register", { body: brokerText({ brokerId }) });
      expect(registered).toMatchObject({ status: 201, body: { id: `c1~b1~${brokerId}` } });
      expect(registered.text).toContain(`"brokerId":${brokerId},`);
      const location = registered.headers.get("location") as string;
      for (const path of [location, "/brokers/registrations"]) {
        expect((await rig.ask(`GET ${path}`)).text).toContain(`"brokerId":${brokerId},`);
      }
      for (const path of ["/brokers/b1", "/brokers", "/clusters/c1", "/clusters"]) {
        expect((await rig.ask(`GET ${path}`)).text).toContain(`"brokerAddrs":{"${brokerId}":"10.0.0.7:10911"}`);
      }
      const unregistered = await rig.ask("POST /brokers/unregister", {
        body: brokerText({ brokerId, clusterName: '"c2"' }, ["haServerAddr"]),
      });
      expect(unregistered.text).toContain(`"brokerId":${brokerId},`);
    },
  );

  test("of slaves stands in a route beside their master's", async () => {
    await using rig = await startRig();
    for (const [index, brokerId] of ["0", "9007199254740993", max].entries()) {
      const brokerAddr = `"10.0.0.${index}:1"`;
      const wrapper = '{"topicConfigTable":{"t":{}}}';
      const body = brokerText({ brokerId, brokerAddr, topicConfigSerializeWrapper: wrapper });
      expect((await rig.ask("POST /brokers/register", { body })).status).toBe(201);
    }
    const { body } = await rig.ask("GET /topics/t/route");
    expect(body.brokerDatas[0].brokerAddrs).toEqual({
      "0": "10.0.0.0:1",
      "9007199254740993": "10.0.0.1:1",
      [max]: "10.0.0.2:1",
    });
  });
});

describe("a DataVersion", () => {
  test.each([
    ["0", "0", "0", "1"],
    ["9007199254740993", "1", "9007199254740995", "9007199254740994"],
    [max, max, max, "9223372036854775806"],
    [min, min, min, "-9223372036854775807"],
  ])("of %s, %s and %s has its digits everywhere", async (stateVersion, timestamp, counter, other) => {
    await using rig = await startRig();
    const versionOf = (count: string) => `{"stateVersion":${stateVersion},"timestamp":${timestamp},"counter":${count}}`;
    const wrapper = `{"topicConfigTable":{},"dataVersion":${versionOf(counter)}}`;
    await rig.ask("POST /brokers/register", { body: brokerText({ topicConfigSerializeWrapper: wrapper }) });
    const { text } = await rig.ask("GET /brokers/registrations/c1~b1~0");
    expect(text).toContain(`"stateVersion":${stateVersion},"timestamp":${timestamp},"counter":${counter}`);
    const ask = (dataVersion: string) =>
      rig.ask("POST /brokers/data-version", { body: brokerText({ dataVersion }, ["haServerAddr"]) });
    const same = await ask(versionOf(counter));
    expect(same).toMatchObject({ status: 200, body: { needRegister: false, results: [{ needRegister: false }] } });
    expect(same.text).toContain(`"counter":${counter}`);
    expect((await ask(versionOf(other))).body.needRegister).toBe(true);
  });
});

test("a life is taken up to the longest that Java can add to a time", async () => {
  await using rig = await startRig();
  const ask = (heartbeatTimeoutMillis: string) =>
    rig.ask("POST /brokers/register", { body: brokerText({ heartbeatTimeoutMillis }) });
  expect((await ask("2147483648")).status).toBe(422);
  expect((await ask("2147483647")).status).toBe(201);
  const { text } = await rig.ask("GET /brokers/registrations/c1~b1~0");
  expect(text).toContain('"heartbeatTimeoutMillis":2147483647');
});

test("digits in quotes are no number", async () => {
  await using rig = await startRig({ upstreams: [{}] });
  const { status, body } = await rig.ask("POST /brokers/register", { body: brokerText({ brokerId: `"${max}"` }) });
  expect({ status, errors: body.errors }).toEqual({
    status: 422,
    errors: [{ pointer: "/brokerId", detail: "must be an integer" }],
  });
});
