import { describe, expect, test } from "bun:test";
import type { TopicConfig } from "../../src/body/topic-config.ts";
import { parseTopicLine, topicLine } from "../../src/body/topic-line.ts";
import { Fault } from "../../src/errors.ts";

const topic: TopicConfig = {
  topicName: "T",
  readQueueNums: 8,
  writeQueueNums: 4,
  perm: 6,
  topicFilterType: "MULTI_TAG",
  topicSysFlag: 0,
  order: false,
};

describe("a topic is written", () => {
  test.each([
    [407, {}, "T 8 4 6 MULTI_TAG"],
    [412, { attributes: { a: "b" } }, "T 8 4 6 MULTI_TAG"],
    [413, {}, "T 8 4 6 MULTI_TAG {}"],
    [513, { attributes: { "+message.type": "FIFO" } }, 'T 8 4 6 MULTI_TAG {"+message.type":"FIFO"}'],
    // Java parts the line at blanks, so there may be none in the JSON.
    [513, { attributes: { "a b": " \\ " } }, 'T 8 4 6 MULTI_TAG {"a\\u0020b":"\\u0020\\\\\\u0020"}'],
  ] as const)("for version %d: %o", (version, changes, line) => {
    expect(topicLine({ ...topic, ...changes }, version)).toBe(line);
  });

  test("never with a blank in its name", () => {
    for (const topicName of ["a b", " a", "a "]) {
      const work = () => topicLine({ ...topic, topicName }, 513);
      expect(work).toThrow(`Cannot compress topic "${topicName}": a blank separates its fields`);
      expect(work).toThrow(expect.objectContaining({ fault: "invalid-argument" }));
    }
  });
});

describe("a topic is read", () => {
  test.each([
    ["T 8 4 6 MULTI_TAG", {}],
    ["T 8 4 6 MULTI_TAG {}", { attributes: {} }],
    ['T 8 4 6 MULTI_TAG {"a":"b"}', { attributes: { a: "b" } }],
    ['T 8 4 6 MULTI_TAG {"a b":" c "}', { attributes: { "a b": " c " } }],
    ['T 8 4 6 MULTI_TAG {"a":5,"b":"c"}', { attributes: { b: "c" } }],
    ["T 8 4 6 MULTI_TAG ", { attributes: {} }],
    ["T 8 4 6 MULTI_TAG not json", { attributes: {} }],
    ["T 8 4 6 MULTI_TAG [1]", { attributes: {} }],
    ["%RETRY%G@中 +8 004 -1 SINGLE_TAG", { topicName: "%RETRY%G@中", perm: -1, topicFilterType: "SINGLE_TAG" }],
  ])("%p", (line, changes) => expect(parseTopicLine(line)).toEqual({ ...topic, ...changes } as TopicConfig));

  test.each([
    "",
    "T",
    "T 8 4 6",
    "T 8 4 6 OTHER_TAG",
    "T 8 4 6 constructor",
    "T 8 4 x MULTI_TAG",
    "T 8 2147483648 6 MULTI_TAG",
    "T 9007199254740993 4 6 MULTI_TAG",
    "T 1.5 4 6 MULTI_TAG",
    "T  8 4 6 MULTI_TAG",
  ])("%p is undecodable, as it is to Java", (line) => {
    expect(() => parseTopicLine(line)).toThrow(Fault);
    expect(() => parseTopicLine(line)).toThrow(`Cannot decode compressed register-broker body: topic "${line}"`);
  });

  test("and is not repeated at any length in the message", () => {
    const long = "x".repeat(100_000);
    expect(() => parseTopicLine(long)).toThrow(`topic "${"x".repeat(200)}"`);
  });
});
