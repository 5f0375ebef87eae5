import { describe, expect, test } from "bun:test";
import type { Outcome } from "../../src/discovery/outcome.ts";
import { Fault, type FaultName, type FaultOptions } from "../../src/errors.ts";
import { fanOutAnswer } from "../../src/http/results.ts";

const good: Outcome<string> = { target: "good:1", elapsedMillis: 1.5, ok: true, value: "v" };

function bad(fault: FaultName, options?: FaultOptions): Outcome<string> {
  return { target: "bad:1", elapsedMillis: 2, ok: false, fault: new Fault(fault, `Cannot: ${fault}`, options) };
}

const refused = bad("refused", { response: { code: 1, remark: "no", requestCode: 103 } });

function faultOf(outcomes: readonly Outcome<string>[]): Fault {
  try {
    fanOutAnswer(outcomes, {});
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error("Cannot see a fault: there was an answer");
}

describe("the answer of all", () => {
  test.each([
    ["all took it", [good, good], 201],
    ["one refused", [good, refused], 207],
    ["one is gone", [bad("connect-failed"), good], 207],
  ])("when %s", (_, outcomes, status) => {
    const answer = fanOutAnswer(outcomes, { status: 201, headers: { location: "/x" }, body: { name: "n" } });
    expect(answer).toMatchObject({ status, headers: { location: "/x" }, body: { name: "n" } });
    expect((answer.body as { results: unknown[] }).results).toHaveLength(2);
  });

  test("has a row for each, in its order", () => {
    const { body } = fanOutAnswer([good, refused, bad("timeout")], {}, (value, target) => ({ value, target }));
    const answered = { ok: true, code: 0, codeName: "SUCCESS", remark: null, elapsedMs: 1.5 };
    const failed = { nameServer: "bad:1", ok: false, elapsedMs: 2 };
    expect(body).toEqual({
      results: [
        { nameServer: "good:1", ...answered, value: "v", target: "good:1" },
        { ...failed, code: 1, codeName: "SYSTEM_ERROR", remark: "no" },
        { ...failed, code: null, codeName: null, remark: "Cannot: timeout", problem: "timeout" },
      ],
    });
  });

  test.each([
    ["refused", [refused, refused], "upstream-failed"],
    ["are gone", [bad("connect-failed"), bad("connect-failed")], "upstream-failed"],
    ["failed each in its way", [bad("timeout"), bad("too-large")], "upstream-failed"],
    ["can't take so much", [bad("too-large"), bad("too-large")], "too-large"],
    ["don't know the request", [bad("not-supported"), bad("not-supported")], "not-supported"],
    ["would be asked nonsense", [bad("invalid-argument")], "invalid-argument"],
    ["are none", [], "unavailable"],
  ])("is a fault when all %s", (_, outcomes, fault) => expect(faultOf(outcomes)).toMatchObject({ fault }));

  test("has the rows also when it is a fault", () => {
    const { options } = faultOf([refused, bad("closed")]);
    expect(options.details).toMatchObject({ results: [{ code: 1, remark: "no" }, { problem: "closed" }] });
  });

  test("tells of our own defects the log alone", () => {
    const defect = bad("internal", { cause: new Error("inside") });
    const mixed = fanOutAnswer([defect, good], {});
    const all = faultOf([defect, bad("closed")]);
    for (const told of [mixed.body, all.message, all.options.details]) {
      expect(JSON.stringify(told)).not.toContain("Cannot: internal");
      expect(JSON.stringify(told)).toContain("Cannot answer: an unexpected error");
    }
    expect(mixed.defects).toEqual([expect.objectContaining({ fault: "internal" })]);
    expect(all.cause).toMatchObject({ fault: "internal" });
    expect(fanOutAnswer([good, refused], {})).not.toHaveProperty("defects");
  });
});
