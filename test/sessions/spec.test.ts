import { describe, expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { violationsOf } from "../../src/http/validate.ts";
import { limits } from "../../src/limits.ts";
import { heartbeatOf } from "../../src/sessions/heartbeat.ts";
import { type SessionInput, SessionInput as schema, specOf } from "../../src/sessions/spec.ts";

const DEFAULTS = {
  expression: "*",
  expressionType: "TAG",
  consumeType: "CONSUME_PASSIVELY",
  messageModel: "CLUSTERING",
  consumeFromWhere: "CONSUME_FROM_LAST_OFFSET",
};

function violationsIn(input: SessionInput) {
  try {
    specOf(input, 1_000);
  } catch (error) {
    if (error instanceof Fault && error.fault === "invalid-body") return error.options.violations;
    throw error;
  }
  return [];
}

describe("a session's statement", () => {
  test("has every default filled in", () => {
    const before = Date.now();
    const spec = specOf({ consumerGroups: [{ group: "g", topic: "t" }] }, 1_000);
    expect(spec).toMatchObject({
      producerGroups: [],
      consumerGroups: [{ group: "g", topic: "t", ...DEFAULTS }],
      leaseMillis: 1_000,
    });
    expect(spec.createdAt).toBeGreaterThanOrEqual(before);
  });

  test("has a client id in Java's form that no other one has", () => {
    const ids = Array.from({ length: 100 }, () => specOf({ producerGroups: ["p"] }, 1_000).clientId);
    for (const id of ids) expect(id).toMatch(/^gateway@[0-9]+#[0-9]{19}$/);
    expect(new Set(ids).size).toBe(100);
  });

  test("names a producer group once", () => {
    expect(specOf({ producerGroups: ["p", "q", "p"] }, 1_000).producerGroups).toEqual(["p", "q"]);
  });

  test.each([
    ["none", {}],
    ["none in lists", { producerGroups: [], consumerGroups: [] }],
  ])("must name a group: %s", (_, input) => {
    expect(violationsIn(input)).toEqual([{ pointer: "", detail: "must name a producer group or a consumer group" }]);
  });

  test("must not contradict itself", () => {
    const consumerGroups = [
      { group: "g", topic: "t" },
      { group: "g", topic: "t" },
      { group: "g", topic: "u", messageModel: "BROADCASTING", consumeType: "CONSUME_ACTIVELY" },
      { group: "h", topic: "t", messageModel: "BROADCASTING" },
    ] as const;
    expect(violationsIn({ consumerGroups: [...consumerGroups] })).toEqual([
      { pointer: "/consumerGroups/1", detail: "names a group and a topic that an item before it names" },
      { pointer: "/consumerGroups/2/consumeType", detail: "must be CONSUME_PASSIVELY, as for its group" },
      { pointer: "/consumerGroups/2/messageModel", detail: "must be CLUSTERING, as for its group" },
    ]);
  });

  test.each<[string, unknown, string]>([
    ["an empty group", { producerGroups: [""] }, "/producerGroups/0"],
    ["no topic", { consumerGroups: [{ group: "g" }] }, "/consumerGroups/0/topic"],
    [
      "an empty expression",
      { consumerGroups: [{ group: "g", topic: "t", expression: "" }] },
      "/consumerGroups/0/expression",
    ],
    [
      "another language",
      { consumerGroups: [{ group: "g", topic: "t", expressionType: "X" }] },
      "/consumerGroups/0/expressionType",
    ],
    ["too short a lease", { producerGroups: ["p"], leaseMillis: limits.minLeaseMillis - 1 }, "/leaseMillis"],
    ["too long a lease", { producerGroups: ["p"], leaseMillis: limits.maxLeaseMillis + 1 }, "/leaseMillis"],
    [
      "too many groups",
      { producerGroups: Array.from({ length: limits.maxGroupsPerSession + 1 }, (_, at) => `p${at}`) },
      "/producerGroups",
    ],
    ["anything else", { producerGroups: ["p"], groups: [] }, "/groups"],
  ])("is refused with %s", (_, input, pointer) => {
    expect(violationsOf(schema, input)).toMatchObject([{ pointer }]);
  });
});

describe("the heartbeat of a session", () => {
  test("names each group once, with all its topics, and what is to be retried", () => {
    const spec = specOf(
      {
        clientId: "c",
        producerGroups: ["p"],
        consumerGroups: [
          { group: "g", topic: "t", expression: "a||b" },
          { group: "h", topic: "t", messageModel: "BROADCASTING" },
          { group: "g", topic: "u" },
          { group: "i", topic: "t", consumeType: "CONSUME_ACTIVELY" },
        ],
      },
      1_000,
    );
    const { consumerDataSet, ...rest } = heartbeatOf(spec);
    expect(rest).toEqual({ clientID: "c", producerDataSet: [{ groupName: "p" }] });
    const topics = consumerDataSet.map(({ groupName, subscriptionDataSet }) => [
      groupName,
      subscriptionDataSet.map(({ topic, subString, subVersion }) => [topic, subString, subVersion]),
    ]);
    const at = spec.createdAt;
    expect(topics).toEqual([
      [
        "g",
        [
          ["t", "a||b", at],
          ["u", "*", at],
          ["%RETRY%g", "*", at],
        ],
      ],
      ["h", [["t", "*", at]]],
      ["i", [["t", "*", at]]],
    ]);
    expect(consumerDataSet[1]).toMatchObject({
      consumeType: "CONSUME_PASSIVELY",
      messageModel: "BROADCASTING",
      consumeFromWhere: "CONSUME_FROM_LAST_OFFSET",
      unitMode: false,
    });
  });

  test("leaves a retry topic as it is stated", () => {
    const consumerGroups = [{ group: "g", topic: "%RETRY%g", expression: "a" }];
    const { consumerDataSet } = heartbeatOf(specOf({ consumerGroups }, 1_000));
    expect(consumerDataSet[0]?.subscriptionDataSet.map(({ topic, subString }) => [topic, subString])).toEqual([
      ["%RETRY%g", "a"],
    ]);
  });
});
