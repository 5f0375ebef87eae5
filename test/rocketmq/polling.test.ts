import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames } from "../../tools/rocketmq/generations.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import type { Broker } from "../../tools/rocketmq/servers.ts";
import { sharedBroker, sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { http } from "../support/http.ts";
import { until } from "../support/until.ts";

setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;
const page = await Bun.file(resolve(import.meta.dir, "../../docs/polling.md")).text();
const script = /```sh\n([\s\S]*?)```/.exec(page)?.[1] ?? "";

const [topic, group] = ["poll-t", "poll-g"];

describe.skipIf(!rig.available).each([...generationNames])(
  `the script of docs/polling.md at %s${skipped}`,
  (generation) => {
    let gateway: GatewayProcess;
    let broker: Broker;
    let folder: string;

    beforeAll(async () => {
      const { address } = await sharedNameServer(generation);
      broker = await sharedBroker(generation);
      gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: address, LOG: "off" } });
      folder = await mkdtemp(join(tmpdir(), "poll-"));
      await Bun.write(join(folder, "poll.sh"), script);
      const queues = { readQueueNums: 2, writeQueueNums: 2 };
      expect((await ask("PUT", `/topics/${topic}?broker=${broker.brokerName}`, queues)).status).toBe(200);
      await until("name servers know it", async () => (await ask("GET", `/topics/${topic}/route`)).status === 200);
      expect((await ask("PUT", `/groups/${group}?broker=${broker.brokerName}`, {})).status).toBe(200);
    }, 2 * startTimeoutMillis);
    afterAll(async () => {
      await gateway.stop();
      await rm(folder, { recursive: true, force: true });
    });

    const ask = (method: string, path: string, body?: unknown) => http(gateway.url, path, { method, body });

    async function send(queueId: number, body: string): Promise<void> {
      const extFields = {
        ...{ producerGroup: "poll-p", topic, defaultTopic: "TBW102", defaultTopicQueueNums: 4, queueId, sysFlag: 0 },
        ...{ bornTimestamp: String(Date.now()), flag: 0, properties: "", reconsumeTimes: 0, unitMode: false },
      };
      const sent = await ask("POST", "/invoke", { target: `broker:${broker.brokerName}`, code: 10, extFields, body });
      expect(sent.body).toMatchObject({ code: 0 });
    }

    /** Runs the script until the offsets are where they must be: the messages that it got. */
    async function poll(command: readonly string[], isDone: () => Promise<boolean>) {
      const env = { ...process.env, API: gateway.url };
      const args = ["sh", join(folder, "poll.sh"), topic, group, ...command];
      const child = Bun.spawn(args, { env, stdin: "ignore", stdout: "pipe", stderr: "inherit" });
      let output = "";
      const bodies = () =>
        output
          .split("\n")
          .slice(0, -1)
          .flatMap((line) => JSON.parse(line).data.map(({ body }: { body: string }) => body));
      const reading = (async () => {
        const decoder = new TextDecoder();
        for await (const bytes of child.stdout) output += decoder.decode(bytes, { stream: true });
      })();
      try {
        await until("the script has done it", isDone, { withinMillis: 30_000 });
      } finally {
        child.kill();
        await child.exited;
      }
      await reading;
      return bodies();
    }

    const offsetAt = async (queueId: number) =>
      (await ask("GET", `/groups/${group}/offsets/${topic}/${broker.brokerName}/${queueId}`)).body.offset;

    test("gets every message, and goes on where it was", async () => {
      expect(script.split("\n").length).toBeGreaterThan(10);
      const odd = '"nextOffset":9 \\ %s';
      for (const body of ["a", odd, "c"]) await send(0, body);
      await send(1, "d");
      const isKept = async () => (await offsetAt(0)) === 3 && (await offsetAt(1)) === 1;
      const first = await poll(["cat"], isKept);
      expect(first.toSorted()).toEqual(["a", odd, "c", "d"].toSorted());

      await send(1, "e");
      expect(await poll(["cat"], async () => (await offsetAt(1)) === 2)).toEqual(["e"]);
    });

    test("keeps nothing of what its command fails at", async () => {
      await send(0, "f");
      const env = { ...process.env, API: gateway.url };
      const failing = Bun.spawn(["sh", join(folder, "poll.sh"), topic, group, "false"], { env, stdin: "ignore" });
      expect(await failing.exited).toBe(1);
      expect(await offsetAt(0)).toBe(3);
      expect(await poll(["cat"], async () => (await offsetAt(0)) === 4)).toEqual(["f"]);
    });
  },
);
