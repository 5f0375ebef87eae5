import { describe, expect, test } from "bun:test";
import { bytes } from "../../src/body/bytes.ts";
import type { Command } from "../../src/commands/command.ts";
import { catalogue } from "../../src/commands/index.ts";
import { violationsOf } from "../../src/http/validate.ts";
import { decodeFields, type Fields } from "../../src/schema/fields.ts";
import type { ExtFields } from "../../src/wire/remoting-command.ts";
import type { Generation } from "../../src/wire/versions.ts";
import { contextOf, encoded } from "../body/golden.ts";
import { readGolden } from "../json/golden.ts";
import { serversOf } from "./java.ts";

interface Message {
  readonly extFields?: ExtFields | null;
  readonly code?: number;
  readonly bodyText?: string;
  readonly bodyHex?: string;
}

/** A request to a live server, or one that a live server sent to a client, and the answer. */
interface Probe {
  readonly version: Generation;
  readonly target: string;
  readonly code: number;
  readonly note: string;
  readonly request: Message;
  readonly response: Message | null;
}

const probes = ["probes.json", "extra-probes.json"].flatMap((file) => readGolden(file) as readonly Probe[]);

/** What a probe called, undefined for codes that the server of the probe doesn't serve. */
function commandOf({ code, version, target }: Probe): Command | undefined {
  const [server] = serversOf({ servedByPerVersion: { [version]: [target] } } as never, version);
  return catalogue.find((command) => command.code === code && server && command.servedBy[version]?.includes(server));
}

const called = probes.flatMap((probe) => {
  const command = commandOf(probe);
  return command ? [{ probe, command }] : [];
});

const ofSignatures = new Set(["AccessKey", "Signature"]);

/** Fields that a probe sent though no command has them, with the reason. */
const ofNoUse: Readonly<Record<string, string>> = {
  "104 haServerAddr": "sent as brokers do; Java's header has no such field",
  "322 haServerAddr": "the same",
  "103 filterServerList": "travels in the body",
  "204 topic": "not read",
  "217 key": "asked of 5.5.0, where the code means something else",
  "217 namespace": "the same",
  "222 isC": "Java's client makes its language CPP of it",
};

function namesOf(fields: Fields): Set<string> {
  return new Set(Object.entries(fields).map(([name, field]) => field.wire ?? name));
}

describe("live servers", () => {
  test("were asked for many of the commands", () => {
    expect(called.length).toBeGreaterThan(600);
    expect(new Set(called.map(({ command }) => command)).size).toBeGreaterThan(85);
  });

  test("take and give only fields that the commands know", () => {
    const unknown = called.flatMap(({ probe, command: { code, request, response } }) => {
      const sent = Object.keys(probe.request.extFields ?? {}).filter((name) => !namesOf(request.header).has(name));
      const given = Object.keys(probe.response?.extFields ?? {}).filter((name) => !namesOf(response.header).has(name));
      return [...sent.filter((name) => !ofSignatures.has(name)), ...given].map((name) => `${code} ${name}`);
    });
    expect([...new Set(unknown)].toSorted()).toEqual(Object.keys(ofNoUse).toSorted());
  });

  test("give fields that have the type they should", () => {
    for (const { probe, command } of called) {
      const given = probe.response?.extFields ?? {};
      const decoded = decodeFields(command.response.header, given);
      expect(Object.keys(decoded)).toHaveLength(Object.keys(given).length);
    }
  });

  test("give a body only where the command has one", () => {
    const withBody = called.filter(({ probe: { response } }) => response?.bodyText ?? response?.bodyHex);
    expect(withBody.length).toBeGreaterThan(150);
    for (const { command } of withBody) expect(command.response.body).toBeDefined();
  });
});

describe("a live body fits its schema", () => {
  const cases = called.flatMap(({ probe, command }) => {
    const { body } = command.response;
    const { bodyText, code } = probe.response ?? {};
    const name = `${probe.version} ${probe.code} ${command.name}: ${probe.note}`;
    return bodyText !== undefined && code === 0 && body ? [[name, probe.version, bodyText, body] as const] : [];
  });

  test.each(cases)("%s", (_, version, text, codec) => {
    const value = codec.decode(encoded(text), contextOf(version));
    const violations = violationsOf(codec.schema, value);
    // 3.2.6 lets anyone create a topic without a name, and a probe did.
    expect(violations.filter(({ pointer }) => pointer !== "/topicConfigTable//topicName")).toEqual([]);
    // Written and read again it says the same.
    expect(codec.decode(codec.encode(value, contextOf(version)), contextOf(version))).toEqual(value as never);
  });
});

/** Bodies that servers took although members are missing which the schemas ask of callers. */
const incomplete = new Set(["heartbeat {}"]);

describe("a body that a live server took fits its schema", () => {
  const cases = called.flatMap(({ probe, command }) => {
    const { body } = command.request;
    const { bodyText } = probe.request;
    // Messages are passed on unread, and registrations have tests of their own.
    const isOther = body === undefined || body === bytes || command.code === 103 || incomplete.has(probe.note);
    if (bodyText === undefined || probe.response?.code !== 0 || isOther) return [];
    return [[`${probe.version} ${probe.code} ${command.name}: ${probe.note}`, probe.version, bodyText, body] as const];
  });

  test("there are some", () => expect(cases.length).toBeGreaterThan(30));

  test.each(cases)("%s", (_, version, text, codec) => {
    const value = codec.decode(encoded(text), contextOf(version));
    expect(violationsOf(codec.schema, value)).toEqual([]);
    expect(codec.decode(codec.encode(value, contextOf(version)), contextOf(version))).toEqual(value as never);
  });
});
