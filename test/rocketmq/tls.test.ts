import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { mqadmin } from "../../tools/rocketmq/mqadmin.ts";
import type { Server } from "../../tools/rocketmq/server.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import { startNameServer } from "../../tools/rocketmq/servers.ts";
import { runGatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { broker, http } from "../support/http.ts";

setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;
const certificates = join(import.meta.dir, "../support/tls");
const pem = (name: string) => join(certificates, `${name}.pem`);
const key = (name: string) => join(certificates, `${name}.key`);

/** The server's side: it takes nothing but TLS from clients that the authority vouches for. */
const serverFile = [
  `tls.server.keyPath=${key("server")}`,
  `tls.server.certPath=${pem("server")}`,
  `tls.server.trustCertPath=${pem("ca")}`,
  "tls.server.authClient=true",
  "tls.server.need.client.auth=require",
].join("\n");

/** The same for mqadmin, by which is read back. */
const clientFile = [
  `tls.client.keyPath=${key("client")}`,
  `tls.client.certPath=${pem("client")}`,
  `tls.client.trustCertPath=${pem("ca")}`,
  "tls.client.authServer=true",
].join("\n");

const properties = (file: string) => ({
  systemProperties: {
    "tls.config.file": "{folder}/tls.properties",
    "tls.enable": "true",
    "tls.test.mode.enable": "false",
  },
  files: { "tls.properties": file },
});

describe.skipIf(!rig.available).each(["4.9.7", "5.5.0"] as const)(
  `a name server of %s that enforces TLS both ways${skipped}`,
  (generation) => {
    let server: Server;
    const settings = (more: Record<string, string>) => {
      const [, port] = server.address.split(":");
      return { NAMESRV_ADDR: `localhost:${port}`, ...more };
    };
    const identified = {
      TLS: "true",
      TLS_CA_FILE: pem("ca"),
      TLS_CERT_FILE: pem("client"),
      TLS_KEY_FILE: key("client"),
    };

    beforeAll(async () => {
      const { systemProperties, files } = properties(serverFile);
      server = await startNameServer(generation, {
        systemProperties: { ...systemProperties, "tls.server.mode": "enforcing" },
        files,
      });
    }, startTimeoutMillis);
    afterAll(() => server.stop());

    test("gets a registration and a key that mqadmin reads", async () => {
      const gateway = await startGatewayProcess({ settings: settings(identified) });
      const registered = await http(gateway.url, "/brokers/register", {
        method: "POST",
        body: broker({ brokerName: "tls-b" }),
      });
      expect(registered).toMatchObject({ status: 201, body: { results: [{ ok: true }] } });
      const { systemProperties, files } = properties(clientFile);
      const { stdout } = await mqadmin(generation, ["clusterList"], {
        nameServers: [server.address],
        systemProperties,
        files,
      });
      expect(stdout).toContain("tls-b");
      expect(await gateway.stop()).toBe(0);
    });

    for (const [what, more] of [
      ["in plain text", {}],
      ["without a certificate of one's own", { TLS: "true", TLS_CA_FILE: pem("ca") }],
      ["under another authority", { ...identified, TLS_CA_FILE: pem("unknown-ca") }],
      ["by a name that its certificate lacks", { ...identified, TLS_SERVER_NAME: "other.example" }],
    ] as const) {
      test(`isn't reached ${what}`, async () => {
        const gateway = await startGatewayProcess({ settings: settings(more) });
        const { status } = await http(gateway.url, "/kv/n/k");
        expect(status).toBe(502);
        await gateway.stop();
      });
    }

    test("isn't tried with a file that isn't there", async () => {
      const ended = await runGatewayProcess({ settings: settings({ TLS: "true", TLS_CA_FILE: pem("none") }) });
      expect(ended).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("Cannot read TLS_CA_FILE") });
    });
  },
);
