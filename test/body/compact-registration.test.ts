import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { decodeCompact, encodeCompact, type Registration } from "../../src/body/compact-registration.ts";
import { registerBrokerBody } from "../../src/body/register-broker.ts";
import type { TopicConfig } from "../../src/body/topic-config.ts";
import { deflate } from "../../src/body/zlib.ts";
import { writer } from "../../src/bytes/writer.ts";
import { Fault } from "../../src/errors.ts";
import { encoded } from "./golden.ts";

const at = (version: number) => ({ version, header: { compressed: true } });
const topic: TopicConfig = {
  topicName: "T",
  readQueueNums: 8,
  writeQueueNums: 4,
  perm: 6,
  topicFilterType: "SINGLE_TAG",
  topicSysFlag: 0,
  order: false,
};

function registration(topics: readonly TopicConfig[], filterServerList: string[] = []): Registration {
  const topicConfigTable = Object.fromEntries(topics.map((config) => [config.topicName, config]));
  return {
    topicConfigSerializeWrapper: { dataVersion: { counter: 1, timestamp: 2 }, topicConfigTable },
    filterServerList,
  };
}

/** A body of these parts: a text with its length before it, or a number. */
function bytesOf(...parts: readonly (string | number)[]): Uint8Array {
  const out = writer();
  for (const part of parts) {
    if (typeof part === "number") out.i32(part);
    else {
      out.i32(encoded(part).length);
      out.bytes(encoded(part));
    }
  }
  return out.finish();
}

const version = '{"counter":1,"timestamp":2}';
const line = "T 8 4 6 SINGLE_TAG";

describe("the version of the sender", () => {
  const body = registration([topic], ["a:1"]);

  test("decides on the sixth field and the mappings", () => {
    expect(encodeCompact(body, at(412))).toEqual(bytesOf(version, 1, line, '["a:1"]'));
    expect(encodeCompact(body, at(413))).toEqual(bytesOf(version, 1, `${line} {}`, '["a:1"]', 0));
  });

  test("before 5.0: mappings are ignored where they are", () => {
    const expected = registration([topic], ["a:1"]);
    expect(decodeCompact(bytesOf(version, 1, line, '["a:1"]'), at(412))).toEqual(expected);
    expect(decodeCompact(bytesOf(version, 1, line, '["a:1"]', 0), at(412))).toEqual(expected);
  });

  test("from 5.0 on: mappings must be there", () => {
    expect(decodeCompact(bytesOf(version, 1, line, "[]", 0), at(413))).toEqual(registration([topic]));
    expect(() => decodeCompact(bytesOf(version, 1, line, "[]"), at(413))).toThrow(
      "Cannot decode compressed register-broker body: 4 bytes announced, 0 left",
    );
  });

  test("from 5.0 on: mappings come by topic, as in the uncompressed layout", () => {
    const mapping = '{"bname":"b","currIdMap":{3:2},"epoch":9007199254740993,"topic":"T"}';
    const { topicConfigSerializeWrapper } = decodeCompact(bytesOf(version, 1, line, "[]", 1, mapping), at(413));
    expect(topicConfigSerializeWrapper).toMatchObject({
      topicQueueMappingInfoMap: { T: { bname: "b", currIdMap: { "3": 2 }, epoch: 9007199254740993n, topic: "T" } },
    });
  });
});

describe("what is sent is what is read", () => {
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((text) => !text.includes(" "));
  const config = fc.record({
    topicName: fc.oneof(name, fc.constantFrom("__proto__", "constructor", "timestamp")),
    readQueueNums: fc.nat(),
    writeQueueNums: fc.nat(),
    perm: fc.nat(15),
    topicFilterType: fc.constantFrom("SINGLE_TAG" as const, "MULTI_TAG" as const),
    topicSysFlag: fc.constant(0),
    order: fc.constant(false),
    attributes: fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), { noNullPrototype: true }),
  });
  const registrations = fc
    .tuple(fc.uniqueArray(config, { selector: ({ topicName }) => topicName, maxLength: 5 }), fc.array(fc.string()))
    .map(([topics, filterServers]) => registration(topics, filterServers));

  test("5.x, attributes with blanks too", () => {
    fc.assert(
      fc.property(registrations, (body) => {
        const context = at(513);
        expect(registerBrokerBody.decode(registerBrokerBody.encode(body, context), context)).toEqual(body);
      }),
    );
  });
});

describe("hostile bodies", () => {
  test.each([
    ["nothing", bytesOf()],
    ["a negative length", bytesOf(-1)],
    ["a length beyond the end", bytesOf(1_000_000)],
    ["topics that don't come", bytesOf(version, 2147483647)],
    ["a topic without its fields", bytesOf(version, 1, "T 8 4 6")],
    ["no DataVersion", bytesOf("[]", 0, "[]", 0)],
    ["a mapping without topic", bytesOf(version, 0, "[]", 1, "{}")],
    ["a mapping that is no object", bytesOf(version, 0, "[]", 1, "5")],
  ])("%s: undecodable", (_, bytes) => {
    expect(() => decodeCompact(bytes, at(513))).toThrow(/^Cannot (decode|parse) /);
    expect(() => registerBrokerBody.decode(deflate(bytes), at(513))).toThrow(Fault);
    expect(() => registerBrokerBody.decode(bytes, at(513))).toThrow("Cannot inflate body");
  });

  test.each(["null", "{}", "not json", '["a:1",null,5]'])("filter servers %p: those that are texts", (text) => {
    const { filterServerList } = decodeCompact(bytesOf(version, 0, text, 0), at(513));
    expect(filterServerList).toEqual(text.includes("a:1") ? ["a:1"] : []);
  });

  test("a negative count is none, as in Java", () => {
    expect(decodeCompact(bytesOf(version, -1, "[]", -5), at(513))).toEqual(registration([]));
  });

  test("whatever the bytes, nothing but an undecodable fault is thrown", () => {
    const good = encodeCompact(registration([topic], ["a:1"]), at(513));
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(good.length), (changes, length) => {
        const bytes = Uint8Array.from(good);
        for (const [index, byte] of changes) bytes[index] = byte;
        try {
          decodeCompact(bytes.subarray(0, length), at(513));
        } catch (error) {
          expect(error instanceof Fault && error.fault).toBe("undecodable");
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
