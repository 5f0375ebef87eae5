import { describe, expect, test } from "bun:test";
import { Fault, type FaultName, faults } from "../../src/errors.ts";
import { defectsOf, problemOf, traceOf } from "../../src/http/problem.ts";

const request = { method: "GET", instance: "/topics/t/route" } as const;

function refusal(code: number, remark: string | null): Fault {
  const response = { code, remark, requestCode: 105 };
  return new Fault("refused", "Cannot GET_ROUTEINFO_BY_TOPIC: no", { target: "ns0:9876", response });
}

describe("the problem for", () => {
  const own = Object.entries(faults) as [FaultName, (typeof faults)[FaultName]][];

  test.each(own)("our own %s has its status and title", (fault, { status, title }) => {
    const { body, headers, ...problem } = problemOf(new Fault(fault, "Cannot do it: because"), request);
    expect(problem.status).toBe(status);
    const detail = fault === "internal" ? "Cannot answer: an unexpected error" : "Cannot do it: because";
    expect(body).toEqual({ type: `/problems/${fault}`, title, status, detail, instance: "/topics/t/route" });
    expect(headers).toEqual(status === 503 ? { "retry-after": "1" } : {});
  });

  test("a refusal has the server's code and remark", () => {
    expect(problemOf(refusal(17, "no such topic"), request)).toEqual({
      status: 404,
      headers: {},
      body: {
        type: "/problems/topic-not-exist",
        title: "Topic not exist",
        status: 404,
        detail: "no such topic",
        instance: "/topics/t/route",
        code: 17,
        codeName: "TOPIC_NOT_EXIST",
        requestCode: 105,
        target: "ns0:9876",
      },
    });
  });

  test.each([
    [2, "busy", 503, { type: "/problems/system-busy", detail: "busy" }, { "retry-after": "1" }],
    [215, "slow down", 429, { type: "/problems/flow-control" }, { "retry-after": "1" }],
    [777, null, 502, { type: "/problems/code-777", title: "Code 777", codeName: null }, {}],
    [17, "", 404, { detail: "Cannot GET_ROUTEINFO_BY_TOPIC: no" }, {}],
    [206, "", 404, { title: "Consumer not online" }, {}],
  ])("code %d with the remark %p", (code, remark, status, members, headers) => {
    const problem = problemOf(refusal(code, remark), request);
    expect(problem).toMatchObject({ status, headers, body: { code, ...members } });
    expect(problem.headers).toEqual(headers as Record<string, string>);
  });

  test("bad input lists what is wrong, with what can be done", () => {
    const violations = [{ pointer: "/a", detail: "is required" }];
    const fault = new Fault("invalid-body", "Cannot take it: bad", {
      violations,
      hint: "Do.",
      details: { results: [] },
    });
    expect(problemOf(fault, request).body).toMatchObject({ errors: violations, hint: "Do.", results: [] });
  });

  test.each([
    ["an error", new TypeError("secret")],
    ["a text", "secret"],
    ["nothing", undefined],
    [
      "our own defect",
      new Fault("internal", "Cannot: secret", { hint: "secret", target: "secret", details: { secret: 1 } }),
    ],
  ])("%s tells nothing of the inside", (_, thrown) => {
    const { status, body } = problemOf(thrown, request);
    expect({ status, type: body.type }).toEqual({ status: 500, type: "/problems/internal" });
    expect(JSON.stringify(body)).not.toContain("secret");
  });
});

describe("the log hears of", () => {
  const internal = new Fault("internal", "Cannot: defect");
  const refused = new Fault("connect-failed", "Cannot connect: refused", { cause: new Error("ECONNREFUSED") });
  const hidden = new Fault("upstream-failed", "Cannot: all failed", { cause: internal });

  test.each([
    ["an error", new Error("x"), true],
    ["a text", "x", true],
    ["our own defect", internal, true],
    ["what a defect of ours led to", hidden, true],
    ["what a server or a caller did", refused, false],
  ])("%s: %#", (_, thrown, isLogged) => expect(defectsOf(thrown)).toEqual(isLogged ? [thrown] : []));

  test("the whole chain of causes", () => {
    const cause = new Error("a", { cause: "b" });
    expect(traceOf(new Fault("internal", "Cannot: c", { cause }))).toBe("Cannot: c; because: a; because: b");
  });
});
