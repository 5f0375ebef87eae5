import { describe, expect, test } from "bun:test";
import { startRig } from "../gateway/support/rig.ts";
import { register } from "./support.ts";

interface Plan {
  readonly target: string;
  readonly command: { readonly code: number; readonly extFields: Record<string, string>; readonly body?: string };
}

/** What a dry run says would be sent: the server, the code and the fields of each request. */
function planned(body: { requests: readonly Plan[] }): unknown[] {
  return body.requests.map(({ target, command }) => [target, command.code, command.extFields]);
}

async function startFilled() {
  const rig = await startRig({ upstreams: ["up", "up"], allowConfigChanges: true });
  await register(rig.ask, {}, "t");
  for (const key of ["a", "b"]) await rig.ask(`PUT /kv/n/${key}`, { body: { value: "v" } });
  return rig;
}

describe("a dry run", () => {
  const at = (code: number, fields: object) => ["ns0:9876", "ns1:9876"].map((target) => [target, code, fields]);

  test.each([
    ["PUT /brokers/b1/write-permission", at(327, { brokerName: "b1" })],
    ["DELETE /brokers/b1/write-permission", at(205, { brokerName: "b1" })],
    ["DELETE /name-servers/-/topics/t", at(216, { topic: "t" })],
    ["DELETE /name-servers/ns1%3A9876/topics/t?cluster=c1", [["ns1:9876", 216, { topic: "t", clusterName: "c1" }]]],
  ])("of %s shows its requests and changes nothing", async (operation, requests) => {
    await using rig = await startFilled();
    const path = `${operation}${operation.includes("?") ? "&" : "?"}dryRun=true`;
    const { status, body } = await rig.ask(path);
    expect({ status, dryRun: body.dryRun, requests: planned(body) }).toEqual({ status: 200, dryRun: true, requests });
    expect((await rig.ask("GET /topics/t/route")).body.queueDatas).toMatchObject([{ perm: 6 }]);
  });

  test("of deleting by value shows a request for each key that has it", async () => {
    await using rig = await startFilled();
    const { body } = await rig.ask("DELETE /kv/n?value=v&dryRun=true");
    const requests = ["a", "b"].flatMap((key) => at(102, { namespace: "n", key }));
    expect(planned(body)).toHaveLength(4);
    expect(planned(body)).toEqual(expect.arrayContaining(requests));
    expect(Object.keys((await rig.ask("GET /kv/n")).body.table)).toEqual(["a", "b"]);
  });

  test("of a change of properties shows its lines, and refuses dangerous ones all the same", async () => {
    await using rig = await startFilled();
    const change = "PATCH /name-servers/-/config?dryRun=true";
    const { body } = await rig.ask(change, { body: { orderMessageEnable: true } });
    expect(body.requests).toMatchObject([
      { command: { code: 318, body: "orderMessageEnable=true\n" } },
      { target: "ns1:9876" },
    ]);
    expect((await rig.ask("GET /name-servers/ns0%3A9876/config")).body.orderMessageEnable).toBe("false");
    expect((await rig.ask(change, { body: { rocketmqHome: "/x" } })).status).toBe(403);
  });
});

describe("sent one-way", () => {
  test("a write permission has no counts to tell, and nothing says that there is no such broker", async () => {
    await using rig = await startFilled();
    const { status, body } = await rig.ask("DELETE /brokers/b1/write-permission?oneway=true");
    expect({ status, body }).toMatchObject({
      status: 202,
      body: { results: [{ wipeTopicCount: null }, { wipeTopicCount: null }] },
    });
    expect((await rig.ask("DELETE /brokers/none/write-permission?oneway=true")).status).toBe(202);
  });

  test("entries are found before they are deleted", async () => {
    await using rig = await startFilled();
    const { status, body } = await rig.ask("DELETE /kv/n?value=v&oneway=true");
    expect({ status, keys: body.keys }).toEqual({ status: 202, keys: ["a", "b"] });
    expect((await rig.ask("GET /kv/n")).body).toEqual({ table: {} });
  });
});

describe("with a quorum", () => {
  test.each([
    ["any", 200],
    ["majority", 200],
    ["all", 502],
  ])("of %s, two of three make it %d", async (quorum, status) => {
    await using rig = await startRig({ upstreams: ["up", "down", "up"], allowConfigChanges: true });
    const path = `/name-servers/-/config?quorum=${quorum}`;
    expect((await rig.ask(`PATCH ${path}`, { body: { orderMessageEnable: true } })).status).toBe(status);
    expect((await rig.ask(`DELETE /name-servers/-/topics/t?quorum=${quorum}`)).status).toBe(status);
  });
});
