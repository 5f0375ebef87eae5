import { describe, expect, test } from "bun:test";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGatewayProcess } from "../support/gateway-process.ts";
import { http } from "../support/http.ts";
import { until } from "../support/until.ts";

/** The lines after the three of the start. */
function logged(output: string) {
  return output
    .split("\n")
    .slice(3)
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

describe("the log of a process", () => {
  test("has a line of JSON for each request, after those of the start, and nothing that is a secret", async () => {
    const gateway = await startGatewayProcess({ settings: { API_TOKENS: "s3cret" } });
    const init = { headers: { authorization: "Bearer s3cret" } };
    await http(gateway.url, "/topics/no-such/route?password=hunter2", init);
    const answered = await http(gateway.url, "/kv/none/none", init);
    const metrics = await http(gateway.url, "/metrics", init);
    await until("the requests are logged", () => gateway.output().includes("/metrics"));
    expect(logged(gateway.output())).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        method: "GET",
        path: "/topics/no-such/route",
        route: "/topics/{topic}/route",
        status: 400,
        elapsedMs: expect.any(Number),
        bytes: expect.any(Number),
      },
      expect.objectContaining({ path: "/kv/none/none", status: 404, bytes: answered.text.length }),
      expect.objectContaining({ path: "/metrics", route: "/metrics", status: 200, bytes: metrics.text.length }),
    ]);
    expect(gateway.output()).not.toMatch(/s3cret|hunter2/);
    const counted = 'http_requests_total{method="GET",route="/kv/{namespace}/{key}",status="404"} 1';
    expect(metrics.text).toContain(counted);
    // Through a real socket a name server is known by its address too.
    expect(metrics.text).toContain('upstream_connects_total{target="name-server",outcome="ok"} 1');
    expect(metrics.text).toMatch(
      /upstream_calls_total\{command="GET_KV_CONFIG",target="name-server",outcome="\w+"\} 1/,
    );
    expect(await gateway.stop()).toBe(0);
  });

  test("is complete when the process has ended", async () => {
    const gateway = await startGatewayProcess();
    await Promise.all(Array.from({ length: 50 }, () => http(gateway.url, "/healthz")));
    await gateway.stop();
    await until("all of it is read", () => logged(gateway.output()).length === 50);
  });

  test("is not there with LOG=off", async () => {
    const gateway = await startGatewayProcess({ settings: { LOG: "off" } });
    await http(gateway.url, "/healthz");
    await gateway.stop();
    expect(logged(gateway.output())).toEqual([]);
  });
});

describe("a reader that doesn't read", () => {
  test("holds up neither requests nor a stop", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rocketmq-gateway-"));
    const pipe = join(folder, "pipe");
    Bun.spawnSync(["mkfifo", pipe]);
    // Open both ways, so that the pipe has a reader all the time, and holds no more than a pipe does.
    const output = await open(pipe, "r+");
    const command = [process.execPath, "run", "src/runtime/bun.ts"];
    const { PATH = "" } = process.env;
    const cwd = `${import.meta.dir}/../..`;
    const child = Bun.spawn(command, { cwd, env: { PATH, PORT: "0" }, stdout: output.fd, stderr: "ignore" });
    let text = "";
    while (!text.includes("\ntry: ")) {
      const { buffer, bytesRead } = await output.read({ buffer: Buffer.alloc(4_096) });
      text += buffer.toString("utf8", 0, bytesRead);
    }
    const url = /^listening on (\S+)$/m.exec(text)?.[1] ?? "";
    const path = `/${"x".repeat(1_500)}`;
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => http(url, path)));
      expect(answers.every(({ status }) => status === 404)).toBe(true);
    }
    child.kill("SIGTERM");
    expect(await child.exited).toBe(0);
    await output.close();
    await rm(folder, { recursive: true });
  });
});
