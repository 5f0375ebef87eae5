import { describe, expect, test } from "bun:test";
import { getKvConfig } from "../../src/commands/get-kv-config.ts";
import { queryDataVersion } from "../../src/commands/query-data-version.ts";
import { registerBroker } from "../../src/commands/register-broker.ts";
import { faultOf } from "../support/fault-of.ts";
import { silent } from "../support/scripts.ts";
import { echo, newEcho, rig, versionedEcho } from "./support.ts";

const MIB = 1_048_576;
const broker = { clusterName: "c", brokerName: "b", brokerAddr: "h:1", brokerId: 0 };

describe("identity", () => {
  const heard: Record<number, number> = { 78: 78, 139: 78, 212: 78, 213: 213, 407: 407, 513: 513, 600: 513 };
  for (const [reported, expected] of Object.entries(heard)) {
    test(`a server that reports version ${reported} hears of language HTTP and version ${expected}`, async () => {
      const { server, client } = await rig({ version: Number(reported) });
      await client.call(server.address, echo, {});
      await client.call(server.address, echo, {});
      const said = server.requests(echo.code).map(({ language, version }) => ({ language, version }));
      // Before it has said anything, it is taken for the oldest.
      expect(said).toEqual([
        { language: "HTTP", version: 78 },
        { language: "HTTP", version: expected },
      ]);
      client.close();
    });
  }

  test("is another for each server and connection", async () => {
    const { server, client } = await rig({ version: 513 });
    await client.call(server.address, echo, {});
    server.connections[0]?.socket.close();
    await server.saw("1 close");
    await client.call(server.address, echo, {});
    expect(server.requests(echo.code).map(({ version }) => version)).toEqual([78, 78]);
    client.close();
  });

  test("extFields are always there, which 3.2.6 can't do without", async () => {
    const { server, client } = await rig({ version: 78 });
    await client.call(server.address, echo, {});
    expect(server.requests(echo.code)[0]?.extFields).toEqual({});
    client.close();
  });
});

describe("a command that depends on the version", () => {
  const values = { ...broker, haServerAddr: "h:2" };

  test("asks for it on a new connection, once", async () => {
    const { server, client } = await rig();
    await client.call(server.address, registerBroker, values);
    await client.call(server.address, queryDataVersion, broker);
    expect(server.journal).toEqual(["1 open", "1 101", "1 103", "1 322"]);
    expect(server.requests(103)[0]?.version).toBe(513);
    client.close();
  });

  test("knows it from any other answer", async () => {
    const { server, client } = await rig();
    await client.call(server.address, echo, {});
    await client.call(server.address, registerBroker, values);
    expect(server.journal).toEqual(["1 open", "1 9001", "1 103"]);
    client.close();
  });

  test("is the only kind that asks", async () => {
    const { server, client } = await rig();
    await client.call(server.address, getKvConfig, { namespace: "n", key: "k" });
    await client.oneway(server.address, echo, {});
    await server.saw("1 9001 oneway");
    expect(server.journal).toEqual(["1 open", "1 101", "1 9001 oneway"]);
    expect(server.requests(101)[0]?.extFields).toEqual({ namespace: "n", key: "k" });
    client.close();
  });

  test("asks as a one-way request too", async () => {
    const { server, client } = await rig();
    await client.oneway(server.address, versionedEcho, {});
    await server.saw("1 101", "1 9002 oneway");
    client.close();
  });
});

describe("a command that the server's generation doesn't know", () => {
  test("is not supported, and nothing is sent", async () => {
    const { server, client } = await rig({ version: 78 });
    const fault = await faultOf(client.call(server.address, queryDataVersion, broker));
    expect(fault).toMatchObject({ fault: "not-supported", target: server.name });
    expect(fault.message).toBe(
      `Cannot send QUERY_DATA_VERSION to ${server.name}: its version doesn't know this request`,
    );
    expect(server.journal).toEqual(["1 open", "1 101"]);
    client.close();
  });

  test("is supported by another server of the same client", async () => {
    const old = await rig({ version: 407 });
    const recent = await rig({ handlers: { [newEcho.code]: () => ({}) } });
    expect((await faultOf(old.client.call(old.server.address, newEcho, {}))).fault).toBe("not-supported");
    expect((await recent.client.call(recent.server.address, newEcho, {})).code).toBe(0);
    old.client.close();
    recent.client.close();
  });
});

describe("a large frame", () => {
  const sizes: Record<string, { version: number; bytes: number; journal: string[]; fault?: string }> = {
    "of 8 MiB and a bit is too large for 3.2.6": {
      version: 78,
      bytes: 8 * MIB,
      journal: ["1 open", "1 101"],
      fault: "too-large",
    },
    "of just under 8 MiB is not": { version: 78, bytes: 8 * MIB - 1_000, journal: ["1 open", "1 9001"] },
    "of nearly 16 MiB is none too large for 4.9.7": {
      version: 407,
      bytes: 16 * MIB - 1_000,
      journal: ["1 open", "1 101", "1 9001"],
    },
    "of 16 MiB and a bit is too large for 5.5.0": {
      version: 513,
      bytes: 16 * MIB,
      journal: ["1 open", "1 101"],
      fault: "too-large",
    },
  };
  for (const [name, { version, bytes, journal, fault }] of Object.entries(sizes)) {
    test(name, async () => {
      const { server, client } = await rig({ version });
      const call = client.call(server.address, echo, { body: new Uint8Array(bytes) });
      if (fault) expect((await faultOf(call)).fault).toBe(fault as never);
      else expect((await call).code).toBe(0);
      expect(server.journal).toEqual(journal);
      if (!fault) expect(server.requests(echo.code)[0]?.body?.length).toBe(bytes);
      client.close();
    });
  }

  test("isn't sent to a server that doesn't tell its version", async () => {
    const { server, client } = await rig({ handlers: { 101: silent } });
    const call = client.call(server.address, echo, { body: new Uint8Array(9 * MIB) }, 5);
    expect((await faultOf(call)).fault).toBe("timeout");
    expect(server.journal).toEqual(["1 open", "1 101"]);
    client.close();
  });

  test("may be larger where both sides are set to it", async () => {
    const { server, client } = await rig({}, { session: { limits: { maxFrameBytes: 20 * MIB } } });
    await client.call(server.address, echo, { body: new Uint8Array(17 * MIB) });
    expect(server.requests(echo.code)[0]?.body?.length).toBe(17 * MIB);
    client.close();
  });
});
