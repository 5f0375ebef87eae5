import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames } from "../../tools/rocketmq/generations.ts";
import { runJava } from "../../tools/rocketmq/java.ts";
import { mqadmin } from "../../tools/rocketmq/mqadmin.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import type { Broker } from "../../tools/rocketmq/servers.ts";
import { sharedBroker, sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { http } from "../support/http.ts";
import { until } from "../support/until.ts";

// A client of 3.x or 4.x takes ten seconds to follow a reset, and each look through Java starts a JVM.
setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;

const topic = "off-t";
const group = "off-g";
/** Six in two queues, and the delayed one. */
const messages = 7;

interface Row {
  readonly topic: string;
  readonly queueId: number;
  readonly brokerOffset: number;
  readonly consumerOffset: number;
}

describe.skipIf(!rig.available).each([...generationNames])(`offsets of %s${skipped}`, (generation) => {
  let gateway: GatewayProcess;
  let nameServer: string;
  let broker: Broker;
  const isNew = generation === "5.5.0";

  beforeAll(async () => {
    nameServer = (await sharedNameServer(generation)).address;
    broker = await sharedBroker(generation);
    gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: nameServer } });
    const queues = { readQueueNums: 2, writeQueueNums: 2 };
    // mqadmin looks for the offsets of a group where its retry topic is.
    for (const name of [topic, "%RETRY%off-g", "%RETRY%off-clone"]) {
      const put = await ask("PUT", `/topics/${encodeURIComponent(name)}?cluster=${broker.clusterName}`, queues);
      expect(put.status).toBe(200);
    }
    expect((await ask("PUT", `/groups/${group}?cluster=${broker.clusterName}`, {})).status).toBe(200);
  }, 2 * startTimeoutMillis);
  afterAll(async () => {
    expect(await gateway.stop()).toBe(0);
  });

  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    http(gateway.url, path, { method, body, headers });
  const path = (queueId: number, of = group) => `/groups/${of}/offsets/${topic}/${broker.brokerName}/${queueId}`;
  const put = (queueId: number, offset: number, headers = {}) => ask("PUT", path(queueId), { offset }, headers);
  const reset = (timestamp: number | string, query = "") =>
    ask("POST", `/groups/${group}/offsets/reset${query}`, { topic, timestamp });

  /** What mqadmin prints of the offsets of a group. */
  async function progress(of: string): Promise<Row[]> {
    const { stdout } = await mqadmin(generation, ["consumerProgress", "-g", of], { nameServers: [nameServer] });
    const rows = stdout.split("\n").map((line) => line.trim().split(/\s+/));
    return rows
      .filter(([name, brokerName]) => name === topic && brokerName === broker.brokerName)
      .map(([topic = "", , queueId, brokerOffset, consumerOffset]) => ({
        topic,
        queueId: Number(queueId),
        brokerOffset: Number(brokerOffset),
        consumerOffset: Number(consumerOffset),
      }))
      .sort((one, other) => one.queueId - other.queueId);
  }

  /** The same as the gateway tells it. */
  async function rows(of = group): Promise<Row[]> {
    const { body } = await ask("GET", `/groups/${of}/offsets?topic=${topic}`);
    return body.data.map(({ topic, queueId, brokerOffset, consumerOffset }: Row) => {
      return { topic, queueId, brokerOffset, consumerOffset };
    });
  }

  const ends = async () => (await rows()).map(({ brokerOffset }) => brokerOffset);
  const offsets = async (of = group) => (await rows(of)).map(({ consumerOffset }) => consumerOffset);

  test("a Java consumer gets again what the group is reset to", async () => {
    const program = join(import.meta.dir, "java/ConsumeAgain.java");
    const args = [nameServer, topic, group, String(messages - 1), String(2 * messages), "45"];
    const consuming = runJava(generation, program, args);
    async function consumed() {
      const { body } = await ask("GET", `/groups/${group}/offsets?topic=${topic}`);
      const sum = body.data?.reduce((total: number, { consumerOffset }: Row) => total + consumerOffset, 0);
      return sum === messages && body;
    }
    // Java commits for the first time ten seconds after its start.
    const first = await until("it has consumed all", consumed, { withinMillis: 25_000 });
    expect(first).toMatchObject({ totalLag: 0, next: null, data: [{ lag: 0 }, { lag: 0 }] });
    expect(await progress(group)).toEqual(await rows());

    const status = await until("the client tells where it is", async () => {
      const answer = await ask("GET", `/groups/${group}/status?topic=${topic}`);
      const told = answer.body.data?.reduce((sum: number, { offset }: { offset: number }) => sum + offset, 0);
      return told === messages && answer.body;
    });
    expect(status.data).toMatchObject([
      { topic, brokerName: broker.brokerName, queueId: 0, offset: (await ends())[0] },
      { topic, brokerName: broker.brokerName, queueId: 1, offset: (await ends())[1] },
    ]);
    const { clientId } = status.data[0];
    const only = await ask("GET", `/groups/${group}/status?topic=${topic}&clientAddr=${encodeURIComponent(clientId)}`);
    expect(only.body).toEqual(status);
    expect((await ask("GET", `/groups/${group}/status?topic=${topic}&clientAddr=nobody`)).body.data).toEqual([]);

    const spans = await ask("GET", `/groups/${group}/topics/${topic}/time-span`);
    expect(spans.body.data.map(({ queueId }: Row) => queueId)).toEqual([0, 1]);
    for (const { minTimeStamp, maxTimeStamp } of spans.body.data) expect(minTimeStamp).toBeLessThan(maxTimeStamp);

    const delays = await ask("GET", `/brokers/${broker.brokerName}/delay-offsets`);
    expect(delays.body.data).toContainEqual({ delayLevel: 1, offset: 1 });

    const zero = await reset("1970-01-01T00:00:01Z");
    expect(zero).toMatchObject({
      status: 200,
      body: {
        timestamp: 1_000,
        data: [0, 1].map((queueId) => ({ brokerName: broker.brokerName, queueId, offset: 0 })),
        results: [{ brokerName: broker.brokerName, ok: true }],
      },
    });
    const { stdout, stderr } = await consuming;
    const received = /^received=(.*)$/m.exec(stdout)?.[1];
    expect({ received, stderr }).toEqual({ received: String(2 * messages), stderr });
    expect(
      await until(
        "it is gone",
        async () => (await ask("GET", `/groups/${group}/status?topic=${topic}`)).status === 404,
      ),
    ).toBe(true);
  });

  test("an offset that was put is the one that mqadmin prints, and its own validator", async () => {
    expect((await put(0, 2)).status).toBe(200);
    const got = await ask("GET", path(0));
    expect({ etag: got.headers.get("etag"), body: got.body }).toEqual({
      etag: '"2"',
      body: { group, topic, brokerName: broker.brokerName, queueId: 0, offset: 2 },
    });
    expect((await put(0, 1, { "if-match": '"3"' })).status).toBe(412);
    expect((await progress(group))[0]?.consumerOffset).toBe(2);
    expect((await put(0, 1, { "if-match": '"2"' })).status).toBe(200);
    expect((await progress(group))[0]?.consumerOffset).toBe(1);
    expect((await ask("PUT", `${path(0)}?oneway=true`, { offset: 2 })).status).toBe(202);
    await until("it has arrived", async () => (await offsets())[0] === 2);
    expect((await ask("GET", path(2))).status).toBe(404);
    expect((await ask("PUT", path(0, "off-ghost"), { offset: 9 })).status).toBe(isNew ? 404 : 200);
    const none = await ask("GET", path(0, "off-nobody"));
    // Before 5.0 they say where a consumer would begin.
    expect(isNew ? none.status : none.body.offset).toBe(isNew ? 404 : 0);
  });

  test("offsets beyond the exact integers of JavaScript come back to the last digit", async () => {
    const text = '{"offset":9007199254740993}';
    const { status } = await ask("PUT", path(1), text);
    expect(status).toBe(200);
    expect((await ask("GET", path(1))).text).toContain('"offset":9007199254740993');
    const one = await ask("GET", `/brokers/${broker.brokerName}/consumer-offsets`);
    expect(one.text).toContain('"offset":9007199254740993');
    expect((await ask("PUT", path(1), '{"offset":-1}')).status).toBe(422);
    expect((await ask("PUT", path(1), '{"offset":9223372036854775808}')).status).toBe(422);
    expect((await ask("GET", path(1))).headers.get("etag")).toBe('"9007199254740993"');
    expect((await put(1, 1)).status).toBe(200);
  });

  test("a group gets the offsets of another", async () => {
    await put(0, 2);
    await put(1, 1);
    const clone = (body: object) => ask("POST", "/groups/off-clone/offsets/clone", body);
    const cloned = await clone({ srcGroup: group });
    const at = { topic, brokerName: broker.brokerName };
    expect(cloned).toMatchObject({
      status: 200,
      body: {
        srcGroup: group,
        destGroup: "off-clone",
        data: [
          { ...at, queueId: 0, offset: 2 },
          { ...at, offset: 1 },
        ],
      },
    });
    expect((await progress("off-clone")).map(({ consumerOffset }) => consumerOffset)).toEqual([2, 1]);
    const everyone = (await ask("GET", `/brokers/${broker.brokerName}/consumer-offsets`)).body.data;
    expect(everyone).toContainEqual({ topic, group: "off-clone", queueId: 0, offset: 2 });
    expect((await clone({ srcGroup: "off-nobody" })).status).toBe(404);

    const corrections = (query: string) => ask("GET", `/groups/${group}/offsets/corrections?topic=${topic}${query}`);
    const expected = [0, 1].map((queueId) => ({ brokerName: broker.brokerName, queueId, offset: 2 - queueId }));
    expect((await corrections("")).body.data).toEqual(expected);
    const emulated = await corrections(`&filterGroups=off-nobody,off-none`);
    expect(emulated.body).toMatchObject({ data: expected, emulatedBy: ["GET_ALL_CONSUMER_OFFSET", "GET_MIN_OFFSET"] });
    expect((await corrections(`&filterGroups=${group},off-clone,off-ghost`)).body.data).toEqual([]);
    expect(await offsets()).toEqual([2, 1]);
    // 3.x gives both groups one table.
    await put(0, 1);
    expect(await offsets("off-clone")).toEqual([generation === "3.2.6" ? 1 : 2, 1]);
  });

  test("the offsets of a group that is offline are reset", async () => {
    const timestamp = -1;
    if (!isNew) expect((await reset(timestamp, "?via=client")).status).toBe(409);
    const done = await reset(timestamp);
    expect(done).toMatchObject({ status: 200, body: { data: (await ends()).map((offset) => ({ offset })) } });
    expect(done.body.emulatedBy).toEqual(isNew ? undefined : ["GET_MAX_OFFSET", "UPDATE_CONSUMER_OFFSET"]);
    expect((await progress(group)).map(({ consumerOffset }) => consumerOffset)).toEqual(await ends());

    // 5.x keeps a reset until a consumer has followed it.
    const again = await reset(0, "?via=broker");
    const commit = await put(0, 1);
    if (isNew) {
      for (const { status, body } of [again, commit]) {
        expect({ status, detail: body.detail }).toEqual({
          status: 409,
          detail: expect.stringContaining("Offset has been previously reset"),
        });
      }
      expect(await offsets()).toEqual(await ends());
      expect((await reset(0, "?via=client")).body.emulatedBy).toEqual(["INVOKE_BROKER_TO_RESET_OFFSET"]);
      expect(await offsets()).toEqual([0, 0]);
    } else {
      expect(again.body).toMatchObject({ emulatedBy: ["SEARCH_OFFSET_BY_TIMESTAMP", "UPDATE_CONSUMER_OFFSET"] });
      expect(commit.status).toBe(200);
      expect(await offsets()).toEqual([1, 0]);
    }
  });

  test("what isn't there is 404", async () => {
    for (const path of [
      "/groups/off-none/offsets",
      "/groups/off-none/offsets?topic=off-none",
      `/groups/off-none/status?topic=${topic}`,
      "/groups/off-none/topics/off-none/time-span",
      "/brokers/off-none/consumer-offsets",
    ]) {
      expect({ path, status: (await ask("GET", path)).status }).toEqual({ path, status: 404 });
    }
    const at = { topic: "off-none", timestamp: 0 };
    expect((await ask("POST", `/groups/${group}/offsets/reset`, at)).status).toBe(404);
    expect((await ask("POST", "/groups/off-none/offsets/reset", { ...at, topic })).status).toBe(404);
  });
});
