import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGatewayProcess } from "../support/gateway-process.ts";
import { operations } from "./support.ts";

/** Enough for every parameter to be tried at its bounds; more finds little and takes long. */
const MAX_EXAMPLES = 15;

const installed = `${import.meta.dir}/tools/venv/bin/schemathesis`;
const program = existsSync(installed) ? installed : Bun.which("schemathesis");
const missing = program === null ? " (skipped: there is none: install tools/requirements.txt into tools/venv)" : "";

describe.skipIf(program === null && process.env.CI !== "true")(`schemathesis${missing}`, () => {
  test("finds no answer that is not described, and no failure of the gateway itself", async () => {
    const gateway = await startGatewayProcess({
      // Brokers that it makes up are behind an address that refuses at once.
      settings: {
        API_TOKENS: "secret:admin",
        ALLOW_CONFIG_CHANGES: "true",
        ALLOW_FILTER_CLASSES: "true",
        ADDRESS_MAP: "*:*=127.0.0.1:1",
      },
    });
    const folder = await mkdtemp(join(tmpdir(), "rocketmq-gateway-"));
    try {
      const { url } = gateway;
      const options = { "--url": url, "--header": "Authorization: Bearer secret", "--checks": "all", "--seed": "1" };
      // One worker: its threads race for the depth that CPython 3.11 keeps while it parses.
      const limits = { "--max-examples": MAX_EXAMPLES, "--request-timeout": 20, "--workers": 1 };
      const args = Object.entries({ ...options, ...limits }).flatMap(([name, value]) => [name, String(value)]);
      const config = ["--config-file", `${import.meta.dir}/schemathesis.toml`];
      const command = [String(program), ...config, "run", `${url}/openapi.json`, ...args, "--no-color"];
      const run = Bun.spawn(command, { cwd: folder, stdout: "pipe", stderr: "pipe" });
      const [output, errors, exitCode] = await Promise.all([
        new Response(run.stdout).text(),
        new Response(run.stderr).text(),
        run.exited,
      ]);
      expect({ exitCode, output, errors }).toEqual({ exitCode: 0, output: expect.any(String), errors: "" });
      // All but /openapi.json, which it reads the others from.
      expect(output).toContain(`Tested: ${operations.length - 1}`);
      expect(gateway.output()).not.toMatch(/^error:/m);
      expect(gateway.output()).not.toContain('"status":500');
    } finally {
      await gateway.stop();
      await rm(folder, { recursive: true });
    }
  }, 300_000);
});
