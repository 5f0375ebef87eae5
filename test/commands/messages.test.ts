import { describe, expect, test } from "bun:test";
import type { BodyCodec } from "../../src/body/codec.ts";
import type { Message } from "../../src/body/message.ts";
import { storedMessage, storedMessages } from "../../src/body/stored-message.ts";
import { decodeRecords, encodeRecord } from "../../src/body/stored-record.ts";
import { catalogue } from "../../src/commands/index.ts";
import { pullMessage } from "../../src/commands/pull-message.ts";
import { sendMessage } from "../../src/commands/send-message.ts";
import { sendMessageV2 } from "../../src/commands/send-message-v2.ts";
import { violationsOf } from "../../src/http/validate.ts";
import { decodeFields, encodeFields, type Fields, type Values } from "../../src/schema/fields.ts";
import type { Generation } from "../../src/wire/versions.ts";
import { contextOf } from "../body/golden.ts";
import { readGolden } from "../json/golden.ts";
import { goldenFrames } from "../wire/golden.ts";

const frames = (start: string) => goldenFrames.filter(({ id }) => id.startsWith(start));

function fieldsOfAll(start: string, header: Fields): void {
  expect(frames(start).length).toBeGreaterThan(2);
  for (const { decodedByJava, body } of frames(start)) {
    const texts = Object.entries(decodedByJava.extFields ?? {}).filter(([, text]) => text !== null);
    const extFields = Object.fromEntries(texts) as Record<string, string>;
    const values = decodeFields(header, extFields);
    expect(Object.keys(values)).toHaveLength(texts.length);
    expect(encodeFields(header, values as Values<Fields>, body)).toEqual(extFields);
  }
}

describe("the header fields that Java wrote", () => {
  test("are those of SEND_MESSAGE", () => fieldsOfAll("send-message-v1-request", sendMessage.request.header));
  test("are those of SEND_MESSAGE_V2", () => fieldsOfAll("send-message-v2-", sendMessageV2.request.header));
  test("are those of PULL_MESSAGE", () => fieldsOfAll("pull-request", pullMessage.request.header));
  test("are those of what sending answers", () => fieldsOfAll("send-message-response", sendMessage.response.header));

  test("say the same in both forms of sending", () => {
    const [v1] = frames("send-message-v1-request-json-5.5.0");
    const [v2] = frames("send-message-v2-of-v1-request-json-5.5.0");
    const read = (header: Fields, texts = {}) => decodeFields(header, texts);
    const first = read(sendMessage.request.header, v1?.command.extFields ?? {});
    // Java's own way from one to the other adds this one.
    expect(read(sendMessageV2.request.header, v2?.command.extFields ?? {})).toEqual({ ...first, batch: false });
  });
});

interface Probe {
  readonly version: Generation;
  readonly code: number;
  readonly note: string;
  readonly response: { readonly code?: number; readonly bodyHex?: string } | null;
}

describe("what live brokers answered", () => {
  const withMessages = catalogue.filter(({ response: { body } }) => body === storedMessages || body === storedMessage);
  const probes = ["probes.json", "extra-probes.json"].flatMap((file) => readGolden(file) as readonly Probe[]);
  const cases = probes.flatMap(({ version, code, note, response }) => {
    const codec = withMessages.find((each) => each.code === code)?.response.body as BodyCodec<Message | Message[]>;
    const { bodyHex } = response ?? {};
    return codec && bodyHex ? [[`${version} ${code}: ${note}`, version, bodyHex, codec] as const] : [];
  });

  test("to pull, pop, peek, search and view are messages, of two generations", () => {
    expect(withMessages.map(({ code }) => code)).toEqual([11, 12, 33, 361, 200_050, 200_052, 200_070]);
    expect(new Set(cases.map(([, version]) => version))).toEqual(new Set(["3.2.6", "5.5.0"]));
    expect(cases.length).toBeGreaterThan(15);
  });

  test.each(cases)("%s", (_, version, hex, codec) => {
    const bytes = Uint8Array.fromHex(hex);
    const value = codec.decode(bytes, contextOf(version));
    expect(violationsOf(codec.schema, value)).toEqual([]);
    const messages = [value].flat();
    expect(messages.length).toBeGreaterThan(0);
    for (const { bodyFault, bornTimestamp, storeHost } of messages) {
      expect(bodyFault).toBeUndefined();
      expect(storeHost).toStartWith("127.0.0.1:");
      expect(Number(bornTimestamp)).toBeGreaterThan(1.6e12);
    }
    expect(Uint8Array.from(Buffer.concat(decodeRecords(bytes).map(encodeRecord)))).toEqual(bytes);
  });
});
