import { describe, expect, test } from "bun:test";
import { addWritePermOfBroker } from "../../src/commands/add-write-perm-of-broker.ts";
import { getNamesrvConfig } from "../../src/commands/get-namesrv-config.ts";
import { updateNamesrvConfig } from "../../src/commands/update-namesrv-config.ts";
import { wipeWritePermOfBroker } from "../../src/commands/wipe-write-perm-of-broker.ts";
import { register, route } from "./brokers.ts";
import { startEmbedded, timeoutMillis } from "./support.ts";

describe("write permission", () => {
  test("is taken from all topics of one broker and given back", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    const topics = [
      { topicName: "t", perm: 7 },
      { topicName: "u", perm: 4 },
    ];
    await register(peer, { topics });
    await register(peer, { brokerName: "b2", brokerAddr: "10.0.0.2:1", topics });
    const permsOf = async (name: string) => (await route(peer, name))?.queueDatas.map(({ perm }) => perm);
    const broker = { brokerName: "b" };
    expect((await peer.call(wipeWritePermOfBroker, broker, timeoutMillis)).header).toEqual({ wipeTopicCount: 2 });
    expect([await permsOf("t"), await permsOf("u")]).toEqual([
      [5, 7],
      [4, 4],
    ]);
    expect((await peer.call(addWritePermOfBroker, broker, timeoutMillis)).header).toEqual({ addTopicCount: 2 });
    expect([await permsOf("t"), await permsOf("u")]).toEqual([
      [6, 7],
      [6, 4],
    ]);
  });

  test("of an unknown broker is no topic's", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer, { topics: [{ topicName: "t" }] });
    const { header } = await peer.call(wipeWritePermOfBroker, { brokerName: "unknown" }, timeoutMillis);
    expect(header).toEqual({ wipeTopicCount: 0 });
  });
});

describe("properties", () => {
  test("are shown and changed; unknown ones are ignored", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    const before = (await peer.call(getNamesrvConfig, {}, timeoutMillis)).body;
    expect(before).toMatchObject({ orderMessageEnable: "false", returnOrderTopicConfigToBroker: "true" });
    const changes = { orderMessageEnable: "true", colour: "blue" };
    expect((await peer.call(updateNamesrvConfig, { body: changes }, timeoutMillis)).code).toBe(0);
    const after = (await peer.call(getNamesrvConfig, {}, timeoutMillis)).body;
    expect(after).toEqual({ ...before, orderMessageEnable: "true" });
  });

  test.each(["configBlackList", "configStorePath", "kvConfigPath", "rocketmqHome"])("%s is protected", async (name) => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    const body = { orderMessageEnable: "true", [name]: "/etc/passwd" };
    const reply = await peer.call(updateNamesrvConfig, { body }, timeoutMillis);
    expect(reply).toMatchObject({ code: 16, remark: "Can not update config in black list." });
    const { body: all } = await peer.call(getNamesrvConfig, {}, timeoutMillis);
    expect(all).toMatchObject({ orderMessageEnable: "false" });
    expect(all).not.toHaveProperty(name);
  });
});
