import { describe, expect, test } from "bun:test";
import type { Command } from "../../src/commands/command.ts";
import { catalogue } from "../../src/commands/index.ts";
import { type Facts, fieldsOf, generationsOf, javaCode, javaFields, laterFields, type Side } from "./java.ts";

const sides = ["request", "response"] as const;

/** Headers that the golden file names for a code and no server reads or writes there, with the reason. */
const notThere: Readonly<Record<string, string>> = {
  "54 response": "a list, which has no form in a header; Java never sets it, the accounts are the body",
  "1005 request": "the first header that the controller's one processor mentions; this code has none",
  "1006 request": "as 1005: the names of the brokers are the body",
  "1009 request": "as 1005: the properties are the body",
  "1010 request": "as 1005",
  "200151 request": "the header of the other code of the same processor; the handles are the body",
};

const text: Facts = { type: "text", required: false };
const bool: Facts = { type: "bool", required: false };
const sendReply = { MSG_REGION: text, TRACE_ON: bool };

/** Fields that servers read or write by name, without a header class that tells of them. */
const beside: Readonly<Record<string, Readonly<Record<string, Facts>>>> = {
  "10 response": sendReply,
  "12 request": { _UNIQUE_KEY_QUERY: bool },
  "34 response": { IS_SUPPORT_HEART_BEAT_V2: bool, IS_SUB_CHANGE: bool },
  "103 request": { __ZONE_NAME: text },
  "105 request": { __ZONE_MODE: bool, __ZONE_NAME: text },
  "310 response": sendReply,
  "320 response": sendReply,
  "324 response": sendReply,
  "325 response": sendReply,
  "370 response": { MSG_REGION: text },
  "2004 request": { READ_AHEAD_MODE: { type: "i32", required: true } },
  "5001 request": { E_T: { type: "text", required: true } },
  // The golden file has no header for it; the jar has NotifyUnsubscribeLiteRequestHeader.
  "200073 request": {
    liteTopic: { type: "text", required: true },
    consumerGroup: { type: "text", required: true },
    clientId: { type: "text", required: true },
    ns: text,
    nsd: bool,
    bname: text,
    oway: bool,
  },
};

/** What the golden file has otherwise than the jars. */
const corrected: Readonly<Record<string, Readonly<Record<string, Facts>>>> = {
  // 4.9.7 has the header too, clusterName with it, in a class of another name.
  "216 request": { topic: { type: "text", required: true } },
};

function expectedFields(command: Command, side: Side): Record<string, Facts> {
  const place = `${command.code} ${side}`;
  const java = place in notThere ? {} : javaFields(javaCode(command.code), side, generationsOf(command));
  return { ...java, ...beside[place], ...corrected[place] };
}

describe.each(catalogue.map((command) => [`${command.code} ${command.name}`, command] as const))("%s", (_, command) => {
  test.each(sides)("has the fields of Java's %s header, of their types, and requires the same", (side) => {
    expect(fieldsOf(command, side)).toEqual(expectedFields(command, side));
  });

  test.each(sides)("says of each field of the %s since when it is there, if not from the beginning", (side) => {
    const later = laterFields(javaCode(command.code), side);
    for (const [name, field] of Object.entries(command[side].header)) {
      const first = later.get(field.wire ?? name);
      const { description = "" } = field.schema as { description?: string };
      expect(description).not.toBe("");
      if (first === undefined || "216 clusterName" === `${command.code} ${name}`) continue;
      // What 4.9.7 has and 3.2.6 hasn't came with some 4.x; of what 5.5.0 has and 4.9.7 hasn't, it is some 5.x.
      const since = /(?:since|in) ([45])\.[0-9.]+/g;
      expect([...description.matchAll(since)].map(([, major]) => major)).toContain(first.charAt(0));
    }
  });
});

test("every exception is one", () => {
  const places = catalogue.flatMap((command) => sides.map((side) => `${command.code} ${side}`));
  for (const table of [notThere, beside, corrected]) expect(places).toEqual(expect.arrayContaining(Object.keys(table)));
  for (const place of Object.keys(notThere)) {
    const [code, side] = place.split(" ") as [string, Side];
    expect(Object.keys(javaFields(javaCode(Number(code)), side, ["3.2.6", "4.9.7", "5.5.0"]))).not.toEqual([]);
  }
});
