import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type NameServer, startNameServer } from "../../src/nameserver/name-server.ts";
import { formatAddress } from "../../src/transport/address.ts";
import { listen } from "../../src/transport/bun.ts";
import { runGatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { broker, http } from "../support/http.ts";
import { until } from "../support/until.ts";

async function takenPort(): Promise<{ port: number; server: Server }> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return { port: address.port, server };
}

describe("the process", () => {
  test.each(["SIGTERM", "SIGINT"] as const)("prints where it listens, and ends cleanly on %s", async (signal) => {
    const gateway = await startGatewayProcess();
    const lines = gateway.output().split("\n");
    expect(lines[0]).toMatch(/^name server 127\.0\.0\.1:\d+$/);
    expect(lines[1]).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+$/);
    expect(lines[2]).toStartWith(`try: curl -X POST ${gateway.url}/brokers/register`);
    expect(await gateway.stop(signal)).toBe(0);
  });

  test("the curl line that it prints works", async () => {
    const gateway = await startGatewayProcess();
    const line = /^try: (.*)$/m.exec(gateway.output())?.[1] ?? "";
    const { stdout } = Bun.spawnSync(["sh", "-c", `${line} -s`]);
    expect(JSON.parse(stdout.toString())).toMatchObject({ held: true });
    await gateway.stop();
  });

  test("takes another port for its name server where 9876 is taken", async () => {
    const one = await startGatewayProcess();
    const other = await startGatewayProcess();
    expect(other.nameServers[0]).not.toBe(one.nameServers[0]);
    await Promise.all([one.stop(), other.stop()]);
  });

  test("--help and --version tell and end", async () => {
    expect(await runGatewayProcess({ args: ["--help"] })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("--port, PORT"),
    });
    expect(await runGatewayProcess({ args: ["--version"] })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  test.each([
    [{ PORT: "x" }, [], "PORT"],
    [{}, ["--nonsense=1"], "--nonsense=1: unknown"],
    [{ HOST: "0.0.0.0" }, [], "Cannot listen on 0.0.0.0"],
    [{ TLS_CA_FILE: "/nowhere" }, [], "TLS_CA_FILE without TLS=true"],
    [{ TLS: "true", TLS_CA_FILE: "/nowhere" }, [], "Cannot read TLS_CA_FILE /nowhere"],
    [{ TLS: "true", TLS_KEY_FILE: "/nowhere" }, [], "TLS_CERT_FILE and TLS_KEY_FILE go together"],
  ])("refuses to start with %j %j", async (settings, args, message) => {
    const ended = await runGatewayProcess({ settings: settings as unknown as Record<string, string>, args });
    expect(ended).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(message), stdout: "" });
  });

  test("says so when its own port is taken", async () => {
    const { port, server } = await takenPort();
    const ended = await runGatewayProcess({ settings: { PORT: String(port) } });
    server.close();
    expect(ended).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`Cannot listen on 127.0.0.1:${port}: address already in use`),
    });
  });

  test("serves other than loopback with tokens, or when told to", async () => {
    const safe = await startGatewayProcess({ settings: { HOST: "0.0.0.0", API_TOKENS: "secret" } });
    const port = new URL(safe.url).port;
    expect((await http(`http://127.0.0.1:${port}`, "/version")).status).toBe(401);
    const authorized = await http(`http://127.0.0.1:${port}`, "/version", {
      headers: { authorization: "Bearer secret" },
    });
    expect(authorized.status).toBe(200);
    const open = await startGatewayProcess({ settings: { HOST: "0.0.0.0" }, args: ["--insecure"] });
    expect((await http(`http://127.0.0.1:${new URL(open.url).port}`, "/version")).status).toBe(200);
    await Promise.all([safe.stop(), open.stop()]);
  });
});

describe("REGISTRATIONS_FILE", () => {
  let folder: string;
  let nameServer: NameServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rocketmq-gateway-"));
    nameServer = await startNameServer({ listen, address: { host: "127.0.0.1", port: 0 } });
  });
  afterAll(async () => {
    await nameServer.close();
    await rm(folder, { recursive: true });
  });

  function settings(file: string) {
    return { NAMESRV_ADDR: formatAddress(nameServer.address), REGISTRATIONS_FILE: join(folder, file) };
  }

  test.each(["kill -9", "SIGTERM"])("holds again after %s what was held before", async (how) => {
    const file = `${how.replace(/\W/g, "")}.json`;
    const first = await startGatewayProcess({ settings: settings(file) });
    const wrapper = { topicConfigTable: { t: { readQueueNums: 3 } } };
    const body = broker({ brokerName: how, brokerId: 0, topicConfigSerializeWrapper: wrapper });
    const { headers } = await http(first.url, "/brokers/register", { method: "POST", body });
    const path = headers.get("location") ?? "";
    const before = (await http(first.url, path)).body;
    await (how === "SIGTERM" ? first.stop() : first.kill9());
    await until("the name server dropped it", () => nameServer.stats.brokers === 0);

    const second = await startGatewayProcess({ settings: settings(file) });
    await until("it is registered again", () => nameServer.stats.brokers === 1);
    const after = (await http(second.url, path)).body;
    expect({ ...after, results: [] }).toEqual({ ...before, results: [] });
    expect((await http(second.url, path, { method: "DELETE" })).status).toBe(200);
    await second.stop();

    const third = await startGatewayProcess({ settings: settings(file) });
    expect((await http(third.url, "/brokers/registrations")).body.data).toEqual([]);
    await third.stop();
  });

  test("leaves no other file beside it", async () => {
    const gateway = await startGatewayProcess({ settings: settings("alone.json") });
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        http(gateway.url, "/brokers/register", {
          method: "POST",
          body: broker({ brokerName: `b${index}`, brokerAddr: `10.0.0.1:${index + 1}` }),
        }),
      ),
    );
    const kept = JSON.parse(await readFile(join(folder, "alone.json"), "utf8"));
    expect(kept.registrations).toHaveLength(20);
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    await gateway.stop();
  });

  test.each([
    ["half.json", '{"format":1,"registrations":[{"spec"', "Cannot parse JSON"],
    ["shape.json", '{"format":1,"registrations":[{"spec":{"brokerName":1},"force":true}]}', "/registrations/0/spec/"],
    ["format.json", '{"format":2,"registrations":[]}', "/format"],
  ])("refuses %s by name and leaves it as it is", async (file, text, reason) => {
    await writeFile(join(folder, file), text);
    const { exitCode, stderr } = await runGatewayProcess({ settings: settings(file) });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Cannot read REGISTRATIONS_FILE ${join(folder, file)}: `);
    expect(stderr).toContain(reason);
    expect(await readFile(join(folder, file), "utf8")).toBe(text);
  });

  test("is refused at start when it can't be written", async () => {
    const { exitCode, stderr } = await runGatewayProcess({ settings: settings("no-such-folder/f.json") });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining("no-such-folder/f.json: ENOENT"),
    });
  });

  test("a registration that can't be kept is undone", async () => {
    await mkdir(join(folder, "gone"));
    const gateway = await startGatewayProcess({ settings: settings("gone/f.json") });
    await rm(join(folder, "gone"), { recursive: true });
    const body = broker({ brokerName: "unkept" });
    const answer = await http(gateway.url, "/brokers/register", { method: "POST", body });
    expect(answer).toMatchObject({ status: 500, body: { type: "/problems/internal" } });
    expect((await http(gateway.url, "/brokers/registrations")).body.data).toEqual([]);
    expect((await http(gateway.url, "/brokers/unkept")).status).toBe(404);
    await gateway.stop();
  });
});
