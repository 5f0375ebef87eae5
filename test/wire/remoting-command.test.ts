import { describe, expect, test } from "bun:test";
import {
  isOneway,
  isResponse,
  type RemotingCommand,
  requestFlag,
  responseTo,
} from "../../src/wire/remoting-command.ts";

const request: RemotingCommand = {
  code: 105,
  language: "HTTP",
  version: 78,
  opaque: -7,
  flag: 0,
  remark: "r",
  extFields: { topic: "T" },
  body: Uint8Array.of(1),
};

describe("flags", () => {
  test.each([
    [0, false, false],
    [1, true, false],
    [2, false, true],
    [3, true, true],
    [6, false, true],
    [4, false, false],
    [-2147483648, false, false],
    [2147483647, true, true],
  ])("%d: response %p, one-way %p", (flag, response, oneway) => {
    expect(isResponse({ ...request, flag })).toBe(response);
    expect(isOneway({ ...request, flag })).toBe(oneway);
  });

  test("of a request", () => expect([requestFlag(false), requestFlag(true)]).toEqual([0, 2]));
});

describe("an answer", () => {
  const sender = { language: "JAVA", version: 513 };

  test("has the opaque of its request and nothing else of it", () => {
    expect(responseTo(request, sender, {})).toEqual({
      ...sender,
      code: 0,
      opaque: -7,
      flag: 1,
      remark: null,
      extFields: null,
      body: null,
    });
  });

  test("says what it is given", () => {
    const answer = { code: 17, remark: "no", extFields: { a: "b" }, body: Uint8Array.of(2) };
    expect(responseTo(request, sender, answer)).toEqual({ ...sender, ...answer, opaque: -7, flag: 1 });
  });
});
