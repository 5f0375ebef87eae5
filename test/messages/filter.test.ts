import { describe, expect, test } from "bun:test";
import { everything, sqlFilter, tagFilter } from "../../src/messages/filter.ts";

describe("a filter by tags", () => {
  test.each([
    ["a", "a", true],
    ["a", "b", false],
    ["a", undefined, false],
    ["a || b", "b", true],
    ["a||b", "b", true],
    ["a || b", "a || b", false],
    // String.hashCode is 2112 for both of them, by which brokers tell tags.
    ["Aa", "BB", false],
    ["*", "a", true],
    ["*", undefined, true],
    // As in Java: a star among others is a tag of that name.
    ["a || *", "b", false],
    ["a || *", "*", true],
    ["A", "a", false],
  ])("%j lets tag %j through: %p", (expression, tags, isMatch) => {
    expect(tagFilter(expression).matches(tags === undefined ? {} : { tags })).toBe(isMatch);
  });
});

test("what brokers filter by SQL isn't filtered again", () => {
  expect(sqlFilter("a > 1")).toMatchObject({ expression: "a > 1", expressionType: "SQL92" });
  expect(sqlFilter("a > 1").matches({})).toBe(true);
  expect(everything).toMatchObject({ expression: "*", expressionType: "TAG" });
});
