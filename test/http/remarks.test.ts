import { expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { problemOf } from "../../src/http/problem.ts";
import { statusOfResponse } from "../../src/http/statuses.ts";

const switchedOff = { code: 1, remark: "disable", requestCode: 206 };

test.each([206, 224, 311, 312, 313])("a list of topics that is switched off is forbidden: %d", (requestCode) => {
  expect(statusOfResponse({ ...switchedOff, requestCode }, "GET")).toBe(403);
});

test.each([
  { ...switchedOff, requestCode: 106 },
  { ...switchedOff, remark: "disabled" },
  { ...switchedOff, remark: null },
])("any other remark of a code 1 leaves it a failure of the server: %j", (refusal) =>
  expect(statusOfResponse(refusal, "GET")).toBe(502),
);

test.each([
  [16, 403],
  [17, 404],
])("the remark changes nothing where the code says all: %d", (code, status) =>
  expect(statusOfResponse({ ...switchedOff, code }, "GET")).toBe(status),
);

test("the problem tells what can be done, unless the fault itself does", () => {
  const request = { method: "GET", instance: "/topics" } as const;
  const problem = problemOf(new Fault("refused", "Cannot ask", { response: switchedOff }), request);
  expect(problem).toMatchObject({
    status: 403,
    body: { type: "/problems/system-error", code: 1, requestCode: 206, detail: "disable" },
  });
  expect(problem.body.hint).toContain("enableAllTopicList");
  const own = new Fault("refused", "Cannot ask", { response: switchedOff, hint: "own" });
  expect(problemOf(own, request).body.hint).toBe("own");
});
