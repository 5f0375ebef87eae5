import { describe, expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { limits } from "../../src/limits.ts";
import { helpText, limitsOf, readSettings, settingTable } from "../../src/runtime/settings.ts";

function faultOf(args: readonly string[], environment: Record<string, string> = {}): string {
  try {
    readSettings(args, environment);
  } catch (error) {
    if (error instanceof Fault && error.fault === "invalid-argument") return error.message;
    throw error;
  }
  return "";
}

describe("settings", () => {
  test("have defaults", () => {
    expect(readSettings([], {})).toMatchObject({ NAMESRV_ADDR: null, HOST: "127.0.0.1", PORT: 8080, INSECURE: false });
  });

  test("come from the environment, and a flag of the same name wins", () => {
    const environment = { PORT: "1", HOST: "::1" };
    expect(readSettings(["--port", "2"], environment)).toMatchObject({ PORT: 2, HOST: "::1" });
    expect(readSettings(["--PORT=3"], environment).PORT).toBe(3);
    expect(readSettings(["--insecure", "--port=4"], {})).toMatchObject({ INSECURE: true, PORT: 4 });
  });

  test("an empty variable counts as none", () => expect(readSettings([], { PORT: "" }).PORT).toBe(8080));

  test("NAMESRV_ADDR takes names, IPv4 and [IPv6]", () => {
    const { NAMESRV_ADDR } = readSettings([], { NAMESRV_ADDR: "ns.local:9876;10.0.0.1:1 ; [::1]:65535;" });
    expect(NAMESRV_ADDR).toEqual([
      { host: "ns.local", port: 9876 },
      { host: "10.0.0.1", port: 1 },
      { host: "::1", port: 65_535 },
    ]);
  });

  test("ADDRESS_MAP tells where a registered address is dialled, by the first rule that fits", () => {
    const { ADDRESS_MAP } = readSettings([], { ADDRESS_MAP: "10.0.0.1:10911=127.0.0.1:1, 10.*:*=proxy.local:*" });
    expect(["10.0.0.1:10911", "10.0.0.1:10912", "11.0.0.1:10911"].map((address) => ADDRESS_MAP?.(address))).toEqual([
      "127.0.0.1:1",
      "proxy.local:10912",
      "11.0.0.1:10911",
    ]);
    expect(readSettings([], {}).ADDRESS_MAP).toBeNull();
  });

  test("DISCOVERY_TTL_MILLIS sets its limit, 0 too", () => {
    const limitOf = (...args: string[]) => limitsOf(readSettings(args, {})).discoveryTtlMillis;
    expect(limitOf()).toBe(limits.discoveryTtlMillis);
    expect(limitOf("--discovery-ttl-millis", "0")).toBe(0);
    expect(limitOf("--discovery-ttl-millis=86400000")).toBe(86_400_000);
  });

  test("ALLOW_FILTER_CLASSES is off unless it is switched on", () => {
    expect(readSettings([], {}).ALLOW_FILTER_CLASSES).toBe(false);
    expect(readSettings(["--allow-filter-classes"], {}).ALLOW_FILTER_CLASSES).toBe(true);
  });

  test("API_TOKENS takes roles, a bare token is admin", () => {
    const { API_TOKENS } = readSettings([], { API_TOKENS: "one,two:read,three:admin" });
    expect([...(API_TOKENS ?? [])]).toEqual([
      ["one", "admin"],
      ["two", "read"],
      ["three", "admin"],
    ]);
  });

  test.each([
    [{ NAMESRV_ADDR: "nohost" }, 'NAMESRV_ADDR: "nohost" is not host:port;host:port'],
    [{ NAMESRV_ADDR: "h:0" }, "NAMESRV_ADDR"],
    [{ NAMESRV_ADDR: "h:65536" }, "NAMESRV_ADDR"],
    [{ NAMESRV_ADDR: "::1:9876" }, "NAMESRV_ADDR"],
    [{ NAMESRV_ADDR: ";" }, "NAMESRV_ADDR"],
    [{ PORT: "80x" }, 'PORT: "80x" is not a whole number of TCP ports, 0 or more, 65535 at most'],
    [{ PORT: "70000" }, "PORT"],
    [{ TIMEOUT_MILLIS: "-1" }, "TIMEOUT_MILLIS"],
    [{ TIMEOUT_MILLIS: "1e3" }, "TIMEOUT_MILLIS"],
    [{ ADDRESS_MAP: "10.0.0.1:10911" }, 'ADDRESS_MAP: "10.0.0.1:10911" is not host:port=host:port'],
    [{ ADDRESS_MAP: "a:1=b:1=c:1" }, "ADDRESS_MAP"],
    [{ ADDRESS_MAP: "a:1=b:0" }, "ADDRESS_MAP"],
    [{ ADDRESS_MAP: "a:1=b:2," }, "ADDRESS_MAP"],
    [{ ADDRESS_MAP: "a:1=b*:2" }, "ADDRESS_MAP"],
    [{ DISCOVERY_TTL_MILLIS: "-1" }, 'DISCOVERY_TTL_MILLIS: "-1" is not a whole number of milliseconds, 0 or more'],
    [{ DISCOVERY_TTL_MILLIS: "86400001" }, "DISCOVERY_TTL_MILLIS"],
    [{ DISCOVERY_TTL_MILLIS: "2s" }, "DISCOVERY_TTL_MILLIS"],
    [{ INSECURE: "yes" }, 'INSECURE: "yes" is not true or false'],
    [{ API_TOKENS: "a:root" }, "API_TOKENS: its value is not token[:role]"],
    [{ API_TOKENS: "a,,b" }, "API_TOKENS"],
  ])("refuses %j by name, with the form wanted", (environment, message) => {
    expect(faultOf([], environment as unknown as Record<string, string>)).toContain(message);
  });

  test.each([
    [["--prot", "1"], "--prot: unknown; --help lists the settings"],
    [["x"], "x: unknown"],
    [["--port"], "--port: a value is missing; wanted is a whole number"],
    [["--port", "--insecure"], "--port: a value is missing"],
    [["--port=x"], '--port: "x" is not'],
  ])("refuses the flags %j", (args, message) => expect(faultOf(args)).toContain(message));

  test("names every fault at once, and no token", () => {
    const message = faultOf(["--x"], { PORT: "a", API_TOKENS: "secret:root" });
    expect(message).toContain("PORT");
    expect(message).toContain("--x");
    expect(message).not.toContain("secret");
  });

  test("are all in the help, with form and default", () => {
    const help = helpText();
    for (const [name, { form, initial }] of Object.entries(settingTable)) {
      expect(help).toContain(`--${name.toLowerCase().replaceAll("_", "-")}, ${name}`);
      expect(help).toContain(form.wanted);
      expect(help).toContain(`default ${initial ?? "none"}`);
    }
  });
});
