import { describe, expect, test } from "bun:test";
import { readSettings } from "../../src/runtime/settings.ts";
import { startGatewayProcess } from "../support/gateway-process.ts";
import { http } from "../support/http.ts";

describe("ALLOW_CONFIG_CHANGES", () => {
  test("is off unless it is switched on", () => {
    expect(readSettings([], {}).ALLOW_CONFIG_CHANGES).toBe(false);
    expect(readSettings([], { ALLOW_CONFIG_CHANGES: "true" }).ALLOW_CONFIG_CHANGES).toBe(true);
    expect(readSettings(["--allow-config-changes"], {}).ALLOW_CONFIG_CHANGES).toBe(true);
    expect(() => readSettings([], { ALLOW_CONFIG_CHANGES: "yes" })).toThrow("ALLOW_CONFIG_CHANGES");
  });

  test.each([
    [{}, 403],
    [{ ALLOW_CONFIG_CHANGES: "false" }, 403],
    [{ ALLOW_CONFIG_CHANGES: "true" }, 200],
  ])("with %j a change is %d", async (settings, status) => {
    const gateway = await startGatewayProcess({ settings: settings as Record<string, string> });
    try {
      const path = `/name-servers/${encodeURIComponent(gateway.nameServers[0] ?? "")}/config`;
      const changed = await http(gateway.url, path, { method: "PATCH", body: { orderMessageEnable: "true" } });
      expect(changed.status).toBe(status);
      const { body } = await http(gateway.url, path);
      expect(body.orderMessageEnable).toBe(String(status === 200));
    } finally {
      expect(await gateway.stop()).toBe(0);
    }
  });
});
