import { describe, expect, test } from "bun:test";
import { inflateSync } from "node:zlib";
import { type RegisterBrokerBody, registerBrokerBody } from "../../src/body/register-broker.ts";
import { registerBroker } from "../../src/commands/register-broker.ts";
import { decodeFields, encodeFields } from "../../src/schema/fields.ts";
import { decodeFrame } from "../../src/wire/frame.ts";
import type { Generation } from "../../src/wire/versions.ts";
import { toHex } from "../../tools/golden/bytes.ts";
import { goldenFrame, goldenFrames, otherSamples } from "../wire/golden.ts";
import { contextOf, decoded, encoded, generations, goldenBody, meaningOf } from "./golden.ts";

/** The body of a golden frame, read as a name server reads it. */
function received(id: string) {
  const { command } = decodeFrame(goldenFrame(id).bytes.subarray(4));
  const header = decodeFields(registerBroker.request.header, command.extFields);
  const bytes = command.body ?? new Uint8Array(0);
  const context = { version: command.version, header };
  return { bytes, header, context, body: registerBrokerBody.decode(bytes, context) };
}

/** What every layout carries. */
function common({ topicConfigSerializeWrapper, filterServerList }: RegisterBrokerBody) {
  const { dataVersion, topicConfigTable } = topicConfigSerializeWrapper;
  return { dataVersion, topicConfigTable, filterServerList };
}

function inflatedByJava(generation: Generation): string {
  const sample = otherSamples.find(({ id }) => id === `register-body-inflated-${generation}`);
  return sample?.hex ?? "";
}

const registrations = goldenFrames.filter(({ id }) => id.startsWith("register-broker-"));

test("there are golden registrations in every layout", () => {
  expect(registrations.map(({ id }) => id).filter((id) => id.includes("-json-"))).toEqual([
    "register-broker-uncompressed-json-3.2.6",
    "register-broker-uncompressed-json-4.9.7",
    "register-broker-compressed-json-4.9.7",
    "register-broker-uncompressed-json-5.5.0",
    "register-broker-compressed-json-5.5.0",
  ]);
});

describe("a registration by Java", () => {
  for (const { id, version, bodyText } of registrations) {
    test(`${id}: its header and checksum`, () => {
      const { header, bytes } = received(id);
      const { bodyCrc32, ...values } = header;
      expect(values).toMatchObject({ brokerName: "broker-a", brokerAddr: "127.0.0.1:10911", brokerId: 0 });
      const derived = encodeFields(registerBroker.request.header, values as never, bytes).bodyCrc32;
      // 3.2.6 sends no checksum and ignores ours.
      if (version === "3.2.6") expect(bodyCrc32).toBeUndefined();
      else expect(derived).toBe(String(bodyCrc32));
    });

    test(`${id}: its body`, () => {
      const { body } = received(id);
      const uncompressed = goldenFrame(`register-broker-uncompressed-json-${version}`);
      const meaning = meaningOf(uncompressed.bodyText ?? "") as RegisterBrokerBody;
      expect(common(body)).toEqual(common(meaning));
      expect(Object.keys(body.topicConfigSerializeWrapper.topicConfigTable)).toEqual(["CatTopicB", "CatTopicA"]);
      if (bodyText !== undefined) expect(body).toEqual(meaning);
    });
  }
});

describe("our registration", () => {
  for (const generation of generations) {
    const { bytes, context, body } = received(`register-broker-uncompressed-json-${generation}`);

    test(`is written as ${generation} writes it`, () => {
      expect(decoded(registerBrokerBody.encode(body, context))).toBe(decoded(bytes));
    });
  }

  for (const generation of ["4.9.7", "5.5.0"] as const) {
    test(`is inside the stream what ${generation} has there`, () => {
      const { context, body } = received(`register-broker-compressed-json-${generation}`);
      const stream = registerBrokerBody.encode(body, context);
      expect(toHex(inflateSync(stream))).toBe(inflatedByJava(generation));
      expect(registerBrokerBody.decode(stream, context)).toEqual(body);
    });
  }

  test("before 3.0.11 is the topic table alone", () => {
    const text = goldenBody("TopicConfigSerializeWrapper").texts.get("3.2.6") ?? "";
    const context = { version: 36, header: {} };
    const body = registerBrokerBody.decode(encoded(text), context);
    expect(body).toEqual({ topicConfigSerializeWrapper: meaningOf(text), filterServerList: [] } as never);
    expect(decoded(registerBrokerBody.encode(body, context))).toBe(text);
    const wrapped = `{"topicConfigSerializeWrapper":${text},"filterServerList":[]}`;
    expect(decoded(registerBrokerBody.encode(body, { ...context, version: 37 }))).toBe(wrapped);
    expect(registerBrokerBody.decode(encoded(wrapped), { ...context, version: 37 })).toEqual(body);
  });

  test("is not compressed unless the header says so", () => {
    const { body } = received("register-broker-compressed-json-5.5.0");
    const first = (header: Record<string, unknown>) => registerBrokerBody.encode(body, contextOf("5.5.0", header))[0];
    expect([{}, { compressed: false }, { compressed: true }].map(first)).toEqual([0x7b, 0x7b, 0x78]);
  });
});
