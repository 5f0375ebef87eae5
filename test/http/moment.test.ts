import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Fault } from "../../src/errors.ts";
import { momentOf } from "../../src/http/moment.ts";
import { violationsOf } from "../../src/http/validate.ts";
import { Moment, MomentOrEnd } from "../../src/schema/types.ts";

const moment = Moment("a time");

function fits(text: string): boolean {
  return violationsOf(moment, text).length === 0;
}

describe("a moment", () => {
  test.each([
    ["0", 0],
    ["1700000000000", 1_700_000_000_000],
    ["2023-11-14T22:13:20Z", 1_700_000_000_000],
    ["2023-11-14T22:13:20.5Z", 1_700_000_000_500],
    ["2023-11-14T22:13:20.123456789Z", 1_700_000_000_123],
    ["2023-11-15T00:13:20+02:00", 1_700_000_000_000],
    ["2023-11-14t22:13:20z", 1_700_000_000_000],
    ["2024-02-29T00:00:00Z", 1_709_164_800_000],
  ])("%s is %d", (text, millis) => {
    expect(fits(text)).toBe(true);
    expect(momentOf(text, "at")).toBe(millis);
  });

  test("is any time, as JavaScript writes it", () => {
    const date = fc.date({
      noInvalidDate: true,
      min: new Date("0000-01-01T00:00:00Z"),
      max: new Date(253_402_300_799_999),
    });
    fc.assert(
      fc.property(date, (each) => {
        expect(fits(each.toISOString())).toBe(true);
        expect(momentOf(each.toISOString(), "at")).toBe(each.getTime());
      }),
    );
  });

  test.each([
    ...[
      "",
      "now",
      "-1",
      "1.5",
      "1e3",
      "2023-11-14",
      "2023-11-14T22:13Z",
      "2023-11-14T22:13:20",
      "2023-13-01T00:00:00Z",
    ],
    ...["2023-11-14T24:00:00Z", "2023-11-14T22:13:60Z", "2023-11-14 22:13:20Z", "min", "12345678901234567"],
  ])("is not %j", (text) => expect(fits(text)).toBe(false));

  test.each(["2023-02-29T00:00:00Z", "2023-04-31T00:00:00+01:00", "1900-02-29T00:00:00Z"])(
    "is not %s, a day that there wasn't",
    (text) => {
      expect(() => momentOf(text, "at")).toThrow(Fault);
      expect(() => momentOf(text, "at")).toThrow("?at has a day that its month doesn't have");
    },
  );

  test("or an end is min, max or a moment", () => {
    const schema = MomentOrEnd("a time");
    for (const text of ["min", "max", "0"]) expect(violationsOf(schema, text)).toEqual([]);
    expect(violationsOf(schema, "maximum")).toMatchObject([
      { detail: "must be min, max, epoch milliseconds or a time as RFC 3339 has it" },
    ]);
  });
});
