import { describe, expect, test } from "bun:test";
import { crc32 } from "../../src/bytes/crc32.ts";
import { utf8 } from "../../src/bytes/utf8.ts";
import { silent } from "../support/scripts.ts";
import { house, only, received, registeredAt, topics } from "./support.ts";

const TWO_TOPICS = topics({ TopicA: {}, TopicB: { perm: 4 } });

describe("registering", () => {
  test("takes a connection for each registration and name server", async () => {
    const own = await house([{}, {}]);
    const results = await Promise.all([own.register(), own.register({ brokerName: "b2" })]);
    for (const { isHeld, isNew, outcomes } of results) {
      expect({ isHeld, isNew }).toEqual({ isHeld: true, isNew: true });
      expect(outcomes.map(({ ok, target }) => ({ ok, target }))).toEqual(
        own.servers.map(({ name }) => ({ ok: true, target: name })),
      );
    }
    for (const server of own.servers) {
      expect(server.openCount).toBe(2);
      expect(
        server.arrivals.filter(({ request }) => request.code === 103).map(({ connection }) => connection.number),
      ).toEqual([1, 2]);
      expect(registeredAt(server)).toEqual(["b1 0", "b2 0"]);
    }
    expect(own.registrations.list().map(({ id }) => id)).toEqual(["c1~b1~0", "c1~b2~0"]);
    await own.registrations.close(100);
  });

  test("says what the server answered, as a broker would take it", async () => {
    const own = await house([
      {
        handlers: {
          103: () => ({
            extFields: { masterAddr: "m:1", haServerAddr: "m:2" },
            body: utf8(`{"table":{"T":"b1:4"}}`),
          }),
        },
      },
      {},
    ]);
    const { outcomes, states } = await own.register();
    expect(outcomes.map((outcome) => outcome.ok && outcome.value)).toEqual([
      { masterAddr: "m:1", haServerAddr: "m:2", kvTable: { table: { T: "b1:4" } }, needRegister: null },
      { masterAddr: null, haServerAddr: null, kvTable: null, needRegister: null },
    ]);
    expect(states.map(({ nameServer, connected }) => ({ nameServer, connected }))).toEqual(
      own.servers.map(({ name }) => ({ nameServer: name, connected: true })),
    );
    await own.registrations.close(100);
  });

  test("states everything in the header, and the checksum of the body as it was sent", async () => {
    const own = await house();
    await own.register({ heartbeatTimeoutMillis: 9_000, enableActingMaster: true, ...TWO_TOPICS });
    const [first] = received(only(own));
    expect(first?.header).toEqual({
      clusterName: "c1",
      brokerName: "b1",
      brokerAddr: "10.0.0.7:10911",
      haServerAddr: "10.0.0.7:10912",
      brokerId: 0,
      bodyCrc32: crc32(first?.request.body ?? new Uint8Array()),
      heartbeatTimeoutMillis: 9_000,
      enableActingMaster: true,
    });
    await own.registrations.close(100);
  });

  test("compresses the body where the server reads that, and only there", async () => {
    const versions = [78, 292, 293, 407, 513];
    const own = await house(versions.map((version) => ({ version })));
    await own.register({ compressed: true, ...TWO_TOPICS });
    for (const [at, server] of own.servers.entries()) {
      const [{ header, body, request } = {} as never] = received(server);
      const isCompressed = (versions[at] ?? 0) >= 293;
      expect({ compressed: header.compressed ?? false, firstByte: request.body?.[0] }).toEqual({
        compressed: isCompressed,
        firstByte: isCompressed ? 0x78 : "{".charCodeAt(0),
      });
      expect(header.bodyCrc32).toBe(crc32(request.body ?? new Uint8Array()));
      expect(Object.keys(body.topicConfigSerializeWrapper.topicConfigTable)).toEqual(["TopicA", "TopicB"]);
    }
    await own.registrations.close(100);
  });

  const permissions: [brokerPermission: number | undefined, perms: number[]][] = [
    [undefined, [7, 4]],
    [6, [7, 4]],
    [4, [4, 4]],
    [2, [2, 0]],
    [0, [0, 0]],
  ];
  test.each(permissions)("with a broker permission of %p sends topics with %p", async (brokerPermission, perms) => {
    const own = await house();
    const masked = topics({ A: { perm: 7 }, B: { perm: 4 } });
    await own.register({ ...masked, ...(brokerPermission !== undefined && { brokerPermission }) });
    const [first] = received(only(own));
    const sent = Object.values(first?.body.topicConfigSerializeWrapper.topicConfigTable ?? {});
    expect(sent.map(({ perm }) => perm)).toEqual(perms);
    // What is held is what was stated: a later permission applies to that.
    const held = own.registrations.list()[0]?.spec.topicConfigSerializeWrapper.topicConfigTable;
    expect([held?.A?.perm, held?.B?.perm]).toEqual([7, 4]);
    await own.registrations.close(100);
  });

  test("one-way waits for no answer", async () => {
    const own = await house([{ handlers: { 103: silent } }]);
    const { isHeld, outcomes } = await own.register({}, { oneway: true });
    expect({ isHeld, ok: outcomes[0]?.ok }).toEqual({ isHeld: true, ok: true });
    await only(own).saw("1 101", "1 103 oneway");
    await own.registrations.close(100);
  });
});
