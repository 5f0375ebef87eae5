import { describe, expect, test } from "bun:test";
import { deleteKvConfig } from "../../src/commands/delete-kv-config.ts";
import { getKvConfig } from "../../src/commands/get-kv-config.ts";
import { getKvListByNamespace } from "../../src/commands/get-kv-list-by-namespace.ts";
import { putKvConfig } from "../../src/commands/put-kv-config.ts";
import { ask, bodyOf, startEmbedded, timeoutMillis } from "./support.ts";

describe("key-value configuration", () => {
  test("is put, read, listed and deleted", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    const namespace = "n";
    for (const [key, value] of [
      ["a", "1"],
      ["__proto__", "2"],
      ["ключ", ""],
    ] as const) {
      await peer.call(putKvConfig, { namespace, key, value }, timeoutMillis);
    }
    const read = (key: string) => peer.call(getKvConfig, { namespace, key }, timeoutMillis);
    expect((await read("__proto__")).header).toEqual({ value: "2" });
    expect((await read("ключ")).header).toEqual({ value: "" });
    expect(await read("b")).toMatchObject({ code: 22, remark: "No config item, Namespace: n Key: b" });
    const list = await peer.call(getKvListByNamespace, { namespace }, timeoutMillis);
    expect(Object.entries(list.body?.table ?? {})).toEqual([
      ["a", "1"],
      ["__proto__", "2"],
      ["ключ", ""],
    ]);
    for (const key of ["a", "__proto__", "ключ", "never there"]) {
      expect((await peer.call(deleteKvConfig, { namespace, key }, timeoutMillis)).code).toBe(0);
    }
    expect((await peer.call(getKvListByNamespace, { namespace }, timeoutMillis)).body).toEqual({ table: {} });
    const never = await peer.call(getKvListByNamespace, { namespace: "never" }, timeoutMillis);
    expect(never).toMatchObject({ code: 22, remark: "No config item, Namespace: never", body: null });
  });

  test("doesn't take an absent name for one that is spelled null", async () => {
    await using embedded = await startEmbedded();
    const session = await embedded.connect();
    await ask(session, 100, { extFields: { namespace: "null", key: "null", value: "v" } });
    expect((await ask(session, 101)).code).toBe(22);
    expect((await ask(session, 219)).code).toBe(22);
    expect((await ask(session, 102)).code).toBe(0);
    expect((await ask(session, 101, { extFields: { namespace: "null", key: "null" } })).extFields).toEqual({
      value: "v",
    });
  });

  test("takes the empty value of a ROCKETMQ header, which can't carry one", async () => {
    await using embedded = await startEmbedded();
    const session = await embedded.connect();
    const extFields = { namespace: "n", key: "k" };
    await ask(session, 100, { extFields: { ...extFields, value: "" }, serializeType: "ROCKETMQ" });
    expect((await ask(session, 101, { extFields })).extFields).toEqual({ value: "" });
  });

  test("is found and deleted by value by 3.x clients", async () => {
    await using embedded = await startEmbedded();
    const session = await embedded.connect();
    for (const [key, value] of [
      ["a", "1"],
      ["b", "2"],
      ["c", "1"],
    ] as const) {
      await ask(session, 100, { extFields: { namespace: "n", key, value } });
    }
    // The value travels in the field key, and the keys come back in the field value.
    const byValue = { version: 78, extFields: { namespace: "n", key: "1" } };
    expect((await ask(session, 217, byValue)).extFields).toEqual({ value: "a;c" });
    expect((await ask(session, 218, byValue)).code).toBe(0);
    expect(bodyOf(await ask(session, 219, { extFields: { namespace: "n" } }))).toEqual({ table: { b: "2" } });
    const gone = await ask(session, 217, byValue);
    expect(gone).toMatchObject({ code: 22, remark: "No config item, Namespace: n Key: 1", extFields: {} });
  });

  test("knows 217 by the requester's version", async () => {
    await using embedded = await startEmbedded();
    const session = await embedded.connect();
    const extFields = { namespace: "n", key: "1" };
    expect((await ask(session, 217, { version: 212, extFields })).code).toBe(22);
    for (const version of [213, 407, 513, 9_999]) {
      expect((await ask(session, 217, { version, extFields })).code).toBe(0);
    }
  });
});
