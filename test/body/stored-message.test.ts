import { describe, expect, test } from "bun:test";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import type { Message } from "../../src/body/message.ts";
import { encodeBatch } from "../../src/body/message-batch.ts";
import { storedMessage, storedMessages } from "../../src/body/stored-message.ts";
import { decodeRecords, encodeRecord, type StoredRecord } from "../../src/body/stored-record.ts";
import { crc32 } from "../../src/bytes/crc32.ts";
import { violationsOf } from "../../src/http/validate.ts";
import { limits } from "../../src/limits.ts";
import { readGolden } from "../json/golden.ts";
import { faultOf } from "./compression/fault.ts";
import { contextOf, encoded } from "./golden.ts";

/** What Java says of a message. */
interface JavaMessage {
  readonly properties: Readonly<Record<string, string>> | null;
  readonly bodyHex: string | null;
  readonly bornHost: string;
  readonly storeHost: string;
  readonly queueOffset: string;
  readonly physicalOffset: string;
  readonly preparedTransactionOffset: string;
  readonly msgId: string | null;
  readonly sysFlag: number;
}
interface Sample {
  readonly id: string;
  readonly kind: string;
  readonly hex: string;
  readonly decodedByJava: JavaMessage;
  readonly messages: readonly JavaMessage[];
}

const all = readGolden("frames.json") as readonly Sample[];
const samples = all
  .filter(({ kind }) => kind === "storedMessage")
  .map((sample) => ({ ...sample, bytes: Uint8Array.fromHex(sample.hex) }));
const context = contextOf("5.5.0");

function recordOf(id: string): Uint8Array {
  const found = samples.find((sample) => sample.id === id);
  if (found === undefined) throw new Error(`Cannot find ${id}`);
  return found.bytes;
}

/** A message of ours in Java's terms. */
function inJava({ body, bodyBase64, properties, commitLogOffset, offsetMsgId, ...rest }: Message) {
  const { queueOffset, preparedTransactionOffset, bornHost, storeHost } = rest;
  const { msgId: _, tags, keys, delayTimeLevel, ...same } = rest;
  return {
    ...same,
    msgId: offsetMsgId,
    queueOffset: String(queueOffset),
    physicalOffset: String(commitLogOffset),
    preparedTransactionOffset: String(preparedTransactionOffset),
    bornHost: `/${withLongIpv6(bornHost)}`,
    storeHost: `/${withLongIpv6(storeHost)}`,
    properties,
    bodyHex: Buffer.from(bodyBase64 ?? body ?? "", bodyBase64 === undefined ? "utf8" : "base64").toString("hex"),
  };
}

/** Java leaves no zeros out. */
const withLongIpv6 = (host: string) => host.replace("2001:db8::1", "2001:db8:0:0:0:0:0:1");

/** Java's null is nothing here. */
const withoutNulls = (java: JavaMessage) => ({
  ...java,
  properties: java.properties ?? {},
  bodyHex: java.bodyHex ?? "",
});

describe("a stored message", () => {
  test("of both forms, all kinds of addresses and compression is there", () => {
    expect(samples.length).toBeGreaterThanOrEqual(31);
    expect(new Set(samples.map(({ bytes }) => bytes[7]))).toEqual(new Set([0xa7, 0xab]));
    const flags = samples.map(({ bytes }) => new DataView(bytes.buffer).getInt32(36));
    expect(flags).toEqual(expect.arrayContaining([0, 1, 4, 16, 48, 192, 0x101, 0x201, 0x301]));
  });

  test.each(samples.filter(({ id }) => !id.startsWith("stored-inner-batch")))("is what Java reads: $id", (sample) => {
    const message = storedMessage.decode(sample.bytes, context);
    const java = withoutNulls(sample.decodedByJava);
    // 4.x leaves the bit for compression, though it decompresses the body.
    expect(inJava(message)).toEqual({ ...java, sysFlag: java.sysFlag & ~1 } as never);
    expect(violationsOf(storedMessage.schema, message)).toEqual([]);
  });

  test.each(samples)("is written byte for byte as it was: $id", ({ bytes }) => {
    const [record] = decodeRecords(bytes);
    expect(encodeRecord(record as StoredRecord)).toEqual(bytes);
  });

  test("is for people: with its id, tag, keys and delay, and emoji as they are", () => {
    const { bodyCRC, storeSize, ...message } = storedMessage.decode(recordOf("stored-emoji-5.5.0"), context);
    expect(message).toEqual({
      topic: "CatTopicA",
      msgId: "7F0000010A2B18B4AAC21234567800FF",
      offsetMsgId: "7F00000100002A9F0000001CBE991A14",
      keys: ["订单", "😀"],
      delayTimeLevel: 3,
      body: "🐱 猫",
      properties: {
        KEYS: "订单 😀",
        UNIQ_KEY: "7F0000010A2B18B4AAC21234567800FF",
        DELAY: "3",
        "🐱": 'a=b; {"c": 1}\n',
      },
      queueId: 3,
      queueOffset: 42,
      commitLogOffset: 123_456_789_012,
      bornTimestamp: 1_700_000_000_123,
      bornHost: "10.0.0.1:45678",
      storeTimestamp: 1_700_000_000_456,
      storeHost: "127.0.0.1:10911",
      reconsumeTimes: 2,
      flag: 7,
      sysFlag: 0,
      preparedTransactionOffset: 5,
    });
  });

  test("without a UNIQ_KEY is called by its place; its offsets are exact", () => {
    const message = storedMessage.decode(recordOf("stored-big-offsets-3.2.6"), context);
    expect(message.msgId).toBe("7F00000100002A9F7FFFFFFFFFFFFFFF");
    expect([message.queueOffset, message.commitLogOffset]).toEqual([9_007_199_254_740_993n, 2n ** 63n - 1n]);
    expect(message.tags).toBe("TagA");
  });
});

/** A message of our own with these changes. */
function changed(changes: Partial<StoredRecord>): Uint8Array {
  const [record] = decodeRecords(recordOf("stored-v1-ipv4-5.5.0"));
  const body = changes.body ?? (record as StoredRecord).body;
  return encodeRecord({ ...(record as StoredRecord), bodyCRC: crc32(body), ...changes });
}

const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

describe("messages behind one another", () => {
  test("are all read, in their order, and written so", () => {
    const plain = samples.filter(({ id }) => !/compressed|zlib|inner/.test(id) && id.endsWith("5.5.0"));
    const bytes = joined(...plain.map((sample) => sample.bytes));
    const messages = storedMessages.decode(bytes, context);
    expect(messages.map(inJava)).toEqual(plain.map(({ decodedByJava }) => withoutNulls(decodedByJava)) as never);
    expect(storedMessages.encode(messages, context)).toEqual(bytes);
    expect(violationsOf(storedMessages.schema, messages)).toEqual([]);
  });

  test("may be none", () => {
    expect(storedMessages.decode(new Uint8Array(), context)).toEqual([]);
    expect(faultOf(() => storedMessage.decode(new Uint8Array(), context))).toBe(
      "Cannot decode stored message: there is none",
    );
  });

  test("with a last one that is cut off are the fault, wherever that is", () => {
    const one = changed({});
    for (let length = 1; length < one.length; length++) {
      const bytes = joined(one, one.subarray(0, length));
      expect(faultOf(() => storedMessages.decode(bytes, context))).toStartWith("Cannot decode stored message: ");
    }
  });

  test("are the fault where one is of another kind or another size", () => {
    const bytes = changed({});
    const sized = bytes.slice();
    sized[3] = (sized[3] as number) + 1;
    expect(faultOf(() => storedMessages.decode(joined(sized, bytes), context))).toBe(
      "Cannot decode stored message: it has 141 bytes, 142 announced",
    );
    const blank = joined(bytes.subarray(0, 4), Uint8Array.fromHex("cbd43194"), bytes.subarray(8));
    expect(faultOf(() => storedMessages.decode(blank, context))).toBe(
      "Cannot decode stored message: 0xcbd43194 is no magic number of one",
    );
  });

  test("out of one record are told apart as Java does", () => {
    const id = "stored-inner-batch-5.5.0";
    const java = all.find((sample) => sample.id === "inner-batch-unwrapped-5.5.0")?.messages ?? [];
    const messages = storedMessages.decode(recordOf(id), context);
    const seen = messages.map(inJava).map(({ queueOffset, flag, properties, bodyHex, sysFlag, physicalOffset }) => {
      return { queueOffset, flag, properties, bodyHex, sysFlag, physicalOffset };
    });
    expect(java).toHaveLength(2);
    expect(java).toMatchObject(seen as never);
    expect(messages.map(({ tags, keys }) => [tags, keys])).toEqual([
      ["TagB", ["k3"]],
      [undefined, undefined],
    ]);
  });
});

describe("a body that can't be had is told, and hides no other message", () => {
  const decode = (...records: readonly Uint8Array[]) => storedMessages.decode(joined(...records), context);

  test.each([
    ["damaged", { bodyCRC: 1 }, "Cannot decode body: its CRC is 841885806, not 1"],
    ["of no zlib stream", { sysFlag: 1 }, "Cannot inflate body: "],
    ["of no LZ4 frame", { sysFlag: 0x101 }, "Cannot decompress body: it is no LZ4 frame"],
    ["of no Zstandard frame", { sysFlag: 0x201 }, "Cannot decompress body: it is no Zstandard frame"],
    ["of an unknown kind", { sysFlag: 0x501 }, "Cannot decompress body: 5 is no known kind of compression"],
    ["of no batch", { sysFlag: 192 }, "Cannot decode message batch: "],
  ])("%s", (_, changes, reason) => {
    const [bad, good] = decode(changed(changes), changed({}));
    expect(bad?.bodyFault).toStartWith(reason);
    expect(bad).toMatchObject({ ...changes, bodyBase64: btoa("hello \xe4\xb8\x96\xe7\x95\x8c"), queueOffset: 42 });
    expect(violationsOf(storedMessages.schema, [bad])).toEqual([]);
    expect(good).toMatchObject({ body: "hello 世界" });
    expect(good?.bodyFault).toBeUndefined();
  });

  const zeros = (mebibytes: number) => Uint8Array.from(deflateSync(new Uint8Array(mebibytes * 1_048_576)));

  test("of more than a message may hold", () => {
    const [bomb, good] = decode(changed({ sysFlag: 1, body: zeros(17) }), changed({}));
    expect(bomb?.bodyFault).toBe(`Cannot inflate body: it holds more than ${limits.maxMessageBytes} bytes`);
    expect(good?.body).toBe("hello 世界");
  });

  test("of more than all messages of an answer together may hold", () => {
    const one = changed({ sysFlag: 1, body: zeros(15) });
    const bad = changed({ sysFlag: 1, body: zeros(17) });
    const faults = (...records: readonly Uint8Array[]) => decode(...records).map(({ bodyFault }) => bodyFault);
    expect(faults(one, one, one, one, one).map((fault) => fault !== undefined)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
    // A failed attempt counts for what it may have cost.
    expect(faults(bad, bad, bad, bad, one)[4]).toBe("Cannot inflate body: it holds more than 0 bytes");
  });

  test("of more messages than the batches of an answer may have", () => {
    const half = limits.maxBatchMessages / 2;
    const body = encodeBatch(new Array(half).fill({ flag: 0, body: new Uint8Array(), properties: {} }));
    const batch = changed({ sysFlag: 192, body });
    expect(decode(batch, batch)).toHaveLength(2 * half);
    const messages = decode(batch, batch, batch);
    expect(messages).toHaveLength(2 * half + 1);
    expect(messages.at(-1)?.bodyFault).toBe("Cannot decode message batch: it has more than 0 messages");
  });
});

describe("whatever a broker sends is read, or is the fault", () => {
  test("noise", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        const start = changed({}).subarray(0, 8);
        faultOf(() => storedMessages.decode(noise, context));
        faultOf(() => storedMessages.decode(joined(start, noise), context));
      }),
    );
  });

  test("any byte changed of any message", () => {
    const records = samples.map(({ bytes }) => bytes);
    fc.assert(
      fc.property(
        fc.constantFrom(...records),
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        (bytes, at, noise) => {
          const broken = bytes.slice();
          broken.set(noise.subarray(0, broken.length - (at % broken.length)), at % broken.length);
          const messages: Message[] = [];
          faultOf(() => messages.push(...storedMessages.decode(broken, context)));
          expect(violationsOf(storedMessages.schema, messages)).toEqual([]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("texts that aren't UTF-8, as any producer may send in a batch", () => {
    const bytes = joined(encoded("a\u0001"), Uint8Array.of(0xff));
    const record = changed({ properties: "a\u0001?" });
    record.set(bytes, record.length - bytes.length);
    expect(storedMessage.decode(record, context).properties).toEqual({ a: "\ufffd" });
  });
});

describe("a message is written", () => {
  const message = storedMessage.decode(recordOf("stored-compressed-lz4-5.5.0"), context);

  test("without compression, and then comes back but for its size and its CRC", () => {
    const { bodyCRC, storeSize, ...same } = message;
    expect(message.sysFlag).toBe(0x100);
    const again = storedMessage.decode(storedMessage.encode(message, context), context);
    expect(again).toMatchObject(same);
    expect(again).toMatchObject({ body: "z".repeat(300), bodyCRC: crc32(encoded("z".repeat(300))) });
  });

  test("with a topic of any length, and with addresses of both kinds", () => {
    const long = { ...message, topic: "t".repeat(200), storeHost: "[fe80::1]:10911" };
    const again = storedMessage.decode(storedMessage.encode(long, context), context);
    expect(again).toMatchObject({ topic: long.topic, storeHost: "[fe80::1]:10911", sysFlag: 0x100 | 32 });
    expect(() => storedMessage.encode({ ...message, bornHost: "client" }, context)).toThrow("Cannot read address");
  });
});
