import { describe, expect, test } from "bun:test";
import type { RemotingCommand } from "../../src/wire/remoting-command.ts";
import { refusing } from "../support/scripts.ts";
import { house, only, received, topics } from "./support.ts";

const TWO_TOPICS = topics({ TopicA: {}, TopicB: { perm: 4 } });

describe("a broker of one topic", () => {
  const ONE = topics({ TopicA: {} });

  /** Refuses a table of one topic until it knows the broker, as 5.x does. */
  function fussy() {
    let isKnown = false;
    return {
      103: (request: RemotingCommand) => {
        const text = new TextDecoder().decode(request.body ?? new Uint8Array());
        if (!isKnown && text.includes("TopicA")) return { code: 1, remark: "register broker failed" };
        isKnown = true;
        return {};
      },
    };
  }

  test("is made known with an empty table where 5.x refuses it", async () => {
    const own = await house([{ handlers: fussy() }]);
    const { isHeld, outcomes } = await own.register(ONE);
    expect({ isHeld, ok: outcomes[0]?.ok }).toEqual({ isHeld: true, ok: true });
    const tables = received(only(own)).map(({ body }) => body.topicConfigSerializeWrapper);
    expect(tables.map(({ topicConfigTable }) => Object.keys(topicConfigTable))).toEqual([["TopicA"], [], ["TopicA"]]);
    expect(tables[1]?.dataVersion).toEqual({ stateVersion: 0, timestamp: 0, counter: 0 });
    expect(tables[2]?.dataVersion).toEqual(tables[0]?.dataVersion as never);
    expect(only(own).connections).toHaveLength(1);
    await own.registrations.close(100);
  });

  test("is made known before a one-way registration, whose refusal nobody would hear: of 5.x alone", async () => {
    const own = await house([{}, { version: 407 }]);
    await own.register(ONE, { oneway: true });
    const [recent, older] = own.servers;
    await recent?.saw("1 103", "1 103 oneway");
    await older?.saw("1 103 oneway");
    expect(older?.journal).toEqual(["1 open", "1 101", "1 103 oneway"]);
    await own.registrations.close(100);
  });

  const untouched: Record<string, { table: object; remark: string }> = {
    "a refusal for another reason": { table: ONE, remark: "crc32 not match" },
    "the same refusal of two topics": { table: TWO_TOPICS, remark: "register broker failed" },
    "the same refusal of none": { table: {}, remark: "register broker failed" },
  };
  for (const [name, { table, remark }] of Object.entries(untouched)) {
    test(`${name} is a refusal`, async () => {
      const own = await house([{ handlers: { 103: refusing(1, remark) } }]);
      const { isHeld, outcomes } = await own.register(table);
      expect(isHeld).toBe(false);
      expect(outcomes[0]).toMatchObject({
        ok: false,
        fault: { fault: "refused", options: { response: { code: 1, remark } } },
      });
      expect(received(only(own))).toHaveLength(1);
    });
  }
});
