import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames } from "../../tools/rocketmq/generations.ts";
import { sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { broker, http } from "../support/http.ts";
import { runtimes, startWorker, workerdMissing } from "./runtimes.ts";

setDefaultTimeout(120_000);

const isCi = process.env.CI === "true";
const rig = realRocketmq();

interface Step {
  readonly operation: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** What is known of the answer whatever the generation; whether the rest agrees is what the runtimes are compared by. */
  readonly status?: number;
  /** What it shows belongs to the connection, which a worker opens anew for each request. */
  readonly isOfConnection?: boolean;
}

const frame = { serializeType: "JSON", command: { code: 105, language: "JAVA", version: 513, opaque: 1, flag: 0 } };

/** Every operation on name servers, and those that need no server, in an order in which each has something to do. */
function stepsFor(tag: string, nameServer: string): readonly Step[] {
  const kv = `/kv/${tag}/%25k%2F1`;
  return [
    { operation: "GET /", status: 200 },
    { operation: "GET /healthz", status: 200 },
    { operation: "GET /readyz", status: 200 },
    { operation: "GET /codes/105", status: 200 },
    { operation: "GET /response-codes", status: 200 },
    { operation: "POST /frames/encode", body: frame, status: 200 },
    { operation: "POST /frames/decode", body: { hex: "0000" }, status: 400 },
    { operation: `PUT ${kv}`, body: { value: "值 😀" }, status: 200 },
    { operation: `GET ${kv}`, status: 200 },
    { operation: `GET ${kv}`, headers: { accept: "text/plain" }, status: 200 },
    { operation: `GET ${kv}`, headers: { accept: "application/vnd.rocketmq.command+json" }, status: 200 },
    { operation: `GET /kv/${tag}`, status: 200 },
    { operation: `GET /kv/${tag}?value=%E5%80%BC%20%F0%9F%98%80`, status: 200 },
    { operation: `PUT ${kv}?dryRun=true`, body: { value: "x" }, status: 200, isOfConnection: true },
    { operation: `PUT ${kv}?oneway=true`, body: { value: "值 😀" }, status: 202 },
    { operation: `DELETE /kv/${tag}?value=%E5%80%BC%20%F0%9F%98%80`, status: 200 },
    { operation: `GET ${kv}`, status: 404 },
    { operation: `GET /topics/${tag}-t/route`, status: 200 },
    { operation: `GET /topics/${tag}-t/route`, headers: { accept: "text/plain" }, status: 200 },
    { operation: `GET /topics/${tag}-t/route`, headers: { prefer: "int64=string, wait=5" }, status: 200 },
    { operation: "GET /topics/no-such-topic/route", status: 404 },
    { operation: "GET /topics" },
    { operation: "GET /topics?type=system" },
    { operation: "GET /topics?unit=true" },
    { operation: "GET /topics?unitSubscription=true" },
    { operation: "GET /topics?unitSubscription=true&unit=false" },
    { operation: `GET /clusters/${tag}-c/topics` },
    { operation: `GET /clusters/${tag}-c`, status: 200 },
    { operation: `GET /brokers/${tag}-b`, status: 200 },
    { operation: `DELETE /brokers/${tag}-b/write-permission`, status: 200 },
    { operation: `PUT /brokers/${tag}-b/write-permission` },
    { operation: "GET /name-servers/-/config" },
    { operation: "PATCH /name-servers/-/config", body: { a: "b" }, status: 403 },
    { operation: `GET /name-servers/${nameServer}/config` },
    { operation: `DELETE /name-servers/-/topics/${tag}-t`, status: 200 },
    { operation: "GET /name-servers", status: 200 },
    { operation: `GET /name-servers/diff?namespace=${tag}`, status: 200 },
    { operation: "POST /invoke", body: { target: nameServer, code: 105, extFields: { topic: "none" } }, status: 200 },
    { operation: "POST /invoke", body: { target: "10.0.0.1:9876", code: 105 }, status: 403 },
    { operation: "PUT /kv/a/b", body: { value: 1 }, status: 422 },
    { operation: "PATCH /kv/a/b", body: {}, status: 405 },
  ];
}

/** What differs from one time to the next, whoever answers. */
function settled(text: string): string {
  return text
    .replace(/"(elapsedMs|opaque|startTimestamp)":[0-9.]+/g, '"$1":0')
    .replace(/"hex":"[0-9a-f]*"/g, '"hex":""')
    .replace(/elapsedMs +[0-9.]+/g, "elapsedMs");
}

/** Takes every step against one gateway; the broker that it reads of is registered by another. */
async function walked(url: string, holder: string, nameServer: string, tag: string) {
  const topicConfigSerializeWrapper = { topicConfigTable: { [`${tag}-t`]: { readQueueNums: 5 }, [`${tag}-u`]: {} } };
  const body = broker({ clusterName: `${tag}-c`, brokerName: `${tag}-b`, topicConfigSerializeWrapper });
  const registered = await http(holder, "/brokers/register", { method: "POST", body });
  expect(registered.status).toBe(201);
  const answers: Record<string, unknown>[] = [];
  for (const step of stepsFor(tag, nameServer)) {
    const { operation, status, body, headers = {}, isOfConnection = false } = step;
    const [method = "", path = ""] = operation.split(" ");
    const answer = await http(url, path, { method, body, headers });
    if (status !== undefined) expect({ operation, status: answer.status, body: answer.text }).toMatchObject({ status });
    expect({ operation, failed: answer.status >= 500 && answer.status !== 501 && answer.status !== 502 }).toEqual({
      operation,
      failed: false,
    });
    const type = answer.headers.get("content-type");
    answers.push({ operation, status: answer.status, type, text: isOfConnection ? "" : settled(answer.text) });
  }
  await http(holder, registered.headers.get("location") ?? "", { method: "DELETE" });
  return answers;
}

const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;

describe.skipIf(!rig.available).each([...generationNames])(
  `every operation on a real name server of %s${skipped}`,
  (generation) => {
    const tag = `every-${generation.replaceAll(".", "-")}`;
    let nameServer: string;
    let reference: GatewayProcess;
    let expected: Awaited<ReturnType<typeof walked>>;

    beforeAll(async () => {
      nameServer = (await sharedNameServer(generation)).address;
      reference = await startGatewayProcess({ settings: { NAMESRV_ADDR: nameServer } });
      expected = await walked(reference.url, reference.url, nameServer, tag);
    });
    afterAll(() => reference.kill9());

    for (const { name, missing, start } of runtimes.filter(({ name }) => name !== "Bun")) {
      const why = missing === undefined ? "" : ` (skipped: ${missing})`;
      test.skipIf(missing !== undefined && !isCi)(`is on ${name} what it is on Bun${why}`, async () => {
        const gateway = await start({ NAMESRV_ADDR: nameServer });
        const answers = await walked(gateway.url, reference.url, nameServer, tag).finally(gateway.stop);
        expect(answers).toEqual(expected);
      });
    }

    const why = workerdMissing === undefined ? "" : ` (skipped: ${workerdMissing})`;
    test.skipIf(workerdMissing !== undefined && !isCi)(`is on workerd what it is on Bun${why}`, async () => {
      const worker = await startWorker({ NAMESRV_ADDR: nameServer, INSECURE: "true" });
      const answers = await walked(worker.url, reference.url, nameServer, tag).finally(worker.stop);
      expect(answers).toEqual(expected);
    });
  },
);
