import { describe, expect, test } from "bun:test";
import { hashCode, subscriptionOf } from "../../src/sessions/subscription.ts";

describe("hashCode", () => {
  test.each([
    // Written by String.hashCode() of Java 17.
    ["", 0],
    ["a", 97],
    ["TagA", 2_598_919],
    ["polygenelubricants", -2_147_483_648],
    ["订单", 1_129_459],
    ["😀", 1_772_899],
  ])("of %p is Java's", (text, hash) => {
    expect(hashCode(text)).toBe(hash);
  });
});

describe("a subscription", () => {
  test("to everything names no tag", () => {
    expect(subscriptionOf("t", "*", "TAG", 7)).toEqual({
      topic: "t",
      subString: "*",
      tagsSet: [],
      codeSet: [],
      subVersion: 7,
      expressionType: "TAG",
      classFilterMode: false,
    });
  });

  test("to tags names each of them once, trimmed, with its hash", () => {
    const { subString, tagsSet, codeSet } = subscriptionOf("t", " TagA ||a|| |||| a ", "TAG", 7);
    expect({ subString, tagsSet, codeSet }).toEqual({
      subString: " TagA ||a|| |||| a ",
      tagsSet: ["TagA", "a"],
      codeSet: [2_598_919, 97],
    });
  });

  test("in another language is left as it is", () => {
    const { subString, tagsSet, codeSet, expressionType } = subscriptionOf("t", "a > 1 || b", "SQL92", 7);
    expect({ subString, tagsSet, codeSet, expressionType }).toEqual({
      subString: "a > 1 || b",
      tagsSet: [],
      codeSet: [],
      expressionType: "SQL92",
    });
  });
});
