import { describe, expect, test } from "bun:test";
import { command, isServedAt, isServedByAll, nowhere, on } from "../../src/commands/command.ts";
import { text } from "../../src/schema/fields.ts";

const [V3_2_6, V4_9_7, V5_5_0] = [78, 407, 513];

test("a command without headers and bodies has empty headers and none of the exceptions", () => {
  const bare = command({ code: 1, name: "BARE", description: "Nothing.", servedBy: on("broker") });
  expect(bare).toEqual({
    code: 1,
    name: "BARE",
    description: "Nothing.",
    servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker"] },
    request: { header: {} },
    response: { header: {} },
    versioned: false,
    oneWay: false,
  });
});

test("what a definition says is kept", () => {
  const header = { topic: text("topic name") };
  const full = command({
    code: 2,
    name: "FULL",
    description: "All.",
    servedBy: nowhere,
    request: { header },
    response: { header },
    versioned: true,
    oneWay: true,
  });
  expect(full).toMatchObject({
    servedBy: {},
    request: { header },
    response: { header },
    versioned: true,
    oneWay: true,
  });
});

describe("a command is served", () => {
  const everywhere = { servedBy: on("broker") };
  const since4 = { servedBy: on("broker", "4.9.7", "5.5.0") };

  test("by servers of its kinds and generations", () => {
    expect([V3_2_6, V4_9_7, V5_5_0].map((version) => isServedAt(everywhere, "broker", version))).toEqual([
      true,
      true,
      true,
    ]);
    expect([V3_2_6, V4_9_7, V5_5_0].map((version) => isServedAt(since4, "broker", version))).toEqual([
      false,
      true,
      true,
    ]);
    expect(isServedAt(everywhere, "name-server", V5_5_0)).toBe(false);
    expect(isServedAt({ servedBy: nowhere }, "broker", V5_5_0)).toBe(false);
  });

  test("perhaps by one that hasn't told its version", () => {
    expect(isServedAt(since4, "broker", undefined)).toBe(true);
  });

  test("by all servers of a kind only if every generation does", () => {
    expect(isServedByAll(everywhere, "broker")).toBe(true);
    expect(isServedByAll(everywhere, "client")).toBe(false);
    expect(isServedByAll(since4, "broker")).toBe(false);
    expect(isServedByAll({ servedBy: nowhere }, "broker")).toBe(false);
  });
});
