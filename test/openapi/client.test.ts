import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stringifyJson } from "../../src/json/strict.ts";
import type { JsonValue } from "../../src/json/value.ts";
import { startRig } from "../gateway/support/rig.ts";
import { needsTools, openapi, tool, toolModules } from "./support.ts";

// A compiler starts, twice.
setDefaultTimeout(60_000);

/** What these tests use of openapi-typescript. */
interface Generator {
  default(document: object): Promise<object>;
  astToString(types: object): string;
}

/** A program that somebody might write with the generated types. */
const program = `
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.d.ts";

/** The views for programs: there are others, for people. */
type Json = "application/json" | "application/problem+json";
type Broker = components["schemas"]["BrokerData"];

export async function use(fetch: (request: Request) => Promise<Response>) {
  const { GET, POST, PUT, DELETE } = createClient<paths, Json>({ baseUrl: "http://localhost", fetch });
  const broker = {
    clusterName: "c1",
    brokerName: "b1",
    brokerAddr: "10.0.0.7:10911",
    brokerId: 0,
    haServerAddr: "10.0.0.7:10912",
    topicConfigSerializeWrapper: { topicConfigTable: { "%RETRY%g": { readQueueNums: 4 } } },
  };
  const registered = await POST("/brokers/register", { body: broker });
  const path = { topic: "%RETRY%g" };
  const route = await GET("/topics/{topic}/route", { params: { path } });
  const queues: number | undefined = route.data?.queueDatas[0]?.readQueueNums;
  const brokers: Broker[] | undefined = (await GET("/brokers")).data?.data;
  const missing = await GET("/topics/{topic}/route", { params: { path: { topic: "none" } } });
  const code: number | undefined = missing.error?.code;
  const entry = { namespace: "n/s", key: "k" };
  const dry = await PUT("/kv/{namespace}/{key}", { params: { path: entry, query: { dryRun: true } }, body: { value: "v" } });
  const requests = dry.data && "requests" in dry.data ? dry.data.requests.map(({ command }) => command.code) : [];
  await PUT("/kv/{namespace}/{key}", { params: { path: entry }, body: { value: "v" } });
  const value: string | undefined = (await GET("/kv/{namespace}/{key}", { params: { path: entry } })).data?.value;
  const id = registered.data && "id" in registered.data ? registered.data.id : "";
  const deleted = await DELETE("/brokers/registrations/{id}", { params: { path: { id } } });
  return { id, status: registered.response.status, queues, brokers, code, requests, value, deleted: deleted.response.status };
}
`;

/** What the types must not let through. */
const mistakes = [
  'GET("/topics/{topic}/route", {});',
  'GET("/topics/{topic}/rout", { params: { path: { topic: "t" } } });',
  'GET("/topics", { params: { query: { type: "none" } } });',
  'POST("/brokers/register", { body: { clusterName: "c1" } });',
  'PUT("/kv/{namespace}/{key}", { params: { path: { namespace: "n", key: "k" } }, body: { value: 1 } });',
];

const options = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: "ESNext",
    module: "Preserve",
    moduleResolution: "bundler",
    lib: ["ESNext", "DOM"],
    allowImportingTsExtensions: true,
    noUncheckedIndexedAccess: true,
    types: [],
  },
};

describe.skipIf(needsTools.skipped)(`a generated client${needsTools.title}`, () => {
  let folder = "";

  async function compile(file: string): Promise<string> {
    await Bun.write(join(folder, "tsconfig.json"), JSON.stringify({ ...options, files: [file] }));
    const tsc = resolve(import.meta.dir, "../../node_modules/.bin/tsc");
    const run = Bun.spawn([tsc, "-p", folder, "--pretty", "false"], { stdout: "pipe", stderr: "pipe" });
    return new Response(run.stdout).text();
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rocketmq-gateway-"));
    await symlink(toolModules, join(folder, "node_modules"));
    const { default: generate, astToString } = await tool<Generator>("openapi-typescript");
    const types = await generate(JSON.parse(stringifyJson(openapi as unknown as JsonValue)));
    await Bun.write(join(folder, "schema.d.ts"), astToString(types));
    await Bun.write(join(folder, "use.ts"), program);
    const head = 'import createClient from "openapi-fetch";\nimport type { paths } from "./schema.d.ts";\n';
    const lines = mistakes.map((mistake) => `await ${mistake}`);
    await Bun.write(
      join(folder, "mistakes.ts"),
      `${head}const { GET, POST, PUT } = createClient<paths, "application/json">();\n${lines.join("\n")}`,
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("compiles", async () => {
    expect(await compile("use.ts")).toBe("");
  });

  test("does not compile where it is used wrongly", async () => {
    const output = await compile("mistakes.ts");
    const lines = [...output.matchAll(/mistakes\.ts\((\d+),/g)].map(([, line]) => Number(line));
    expect([...new Set(lines)].sort()).toEqual(mistakes.map((_, index) => index + 4));
  });

  test("talks to a gateway", async () => {
    await using rig = await startRig();
    const { use } = await import(join(folder, "use.ts"));
    const fetch = async (request: Request) => {
      const { status, text, headers } = await rig.ask(request);
      return new Response(text, { status, headers });
    };
    expect(await use(fetch)).toEqual({
      id: "c1~b1~0",
      status: 201,
      queues: 4,
      brokers: [{ cluster: "c1", brokerName: "b1", brokerAddrs: { "0": "10.0.0.7:10911" }, enableActingMaster: false }],
      code: 17,
      requests: [100],
      value: "v",
      deleted: 200,
    });
  });
});
