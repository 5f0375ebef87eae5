import { describe, expect, test } from "bun:test";
import { statusOfResponse } from "../../src/http/statuses.ts";
import { responseCodes } from "../../src/wire/response-codes.ts";

/** What each refusal is to an HTTP caller. 0, 10 to 12, 19 and 20 are none: their commands have answers for them. */
const table: readonly (readonly [code: number, status: number])[] = [
  [1, 502],
  [2, 503],
  [3, 501],
  [13, 422],
  [14, 503],
  [15, 501],
  [16, 403],
  [17, 404],
  [18, 409],
  [21, 416],
  [22, 404],
  [23, 400],
  [24, 404],
  [25, 409],
  [26, 404],
  [29, 400],
  [206, 409],
  [207, 504],
  [208, 404],
  [215, 429],
  [604, 403],
  [1500, 503],
];

describe("the status of a refusal", () => {
  test.each(table)("with code %d is %d", (code, status) => {
    expect(statusOfResponse({ code }, "POST")).toBe(status);
    expect(statusOfResponse({ code }, "GET")).toBe(code === 206 ? 404 : status);
  });

  test("with any other code is 502", () => {
    const listed = new Set(table.map(([code]) => code));
    const others = [...Object.keys(responseCodes).map(Number), 777, -1, 2 ** 31 - 1].filter(
      (code) => !listed.has(code),
    );
    expect(others.length).toBeGreaterThan(30);
    for (const code of others) expect(statusOfResponse({ code }, "PUT")).toBe(502);
  });
});
