import { describe, expect, test } from "bun:test";
import type { BrokerOutcome } from "../../src/discovery/broker-outcome.ts";
import { Fault, type FaultName, type FaultOptions } from "../../src/errors.ts";
import { gatheredAnswer, type Part } from "../../src/http/gathered.ts";

let count = 0;
function outcome(end: { ok: true; value: string } | { ok: false; fault: Fault }): BrokerOutcome<string> {
  const brokerName = `b${++count}`;
  const broker = { host: brokerName, port: 1, kind: "broker", cluster: "c", brokerName, brokerId: 0 } as const;
  const address = `${brokerName}:1`;
  return { target: address, broker: { ...broker, address }, elapsedMillis: 1, ...end };
}
const good = (value: string) => outcome({ ok: true, value });
const bad = (fault: FaultName, options?: FaultOptions) =>
  outcome({ ok: false, fault: new Fault(fault, `Cannot: ${fault}`, options) });
const absent = () =>
  bad("refused", { response: { code: 1, remark: "no consumer for this group, g", requestCode: 38 } });
const refused = () => bad("refused", { response: { code: 1, remark: "disk full", requestCode: 38 } });
const bodyOf = (parts: readonly Part<string>[]) => ({ data: parts.map(({ value }) => value) });

describe("what brokers have together", () => {
  test.each([
    ["all have a part", [good("a"), good("b")], { status: 200, body: { data: ["a", "b"] } }],
    ["one has none of it", [absent(), good("b")], { status: 200, body: { data: ["b"] } }],
    ["one was found to have none", [bad("not-found"), good("b")], { status: 200, body: { data: ["b"] } }],
    [
      "one fails",
      [absent(), bad("timeout"), good("b")],
      { status: 207, body: { data: ["b"], results: [{ ok: false, problem: "timeout" }, { ok: true }] } },
    ],
  ])("when %s", (_, outcomes, answer) => {
    expect(gatheredAnswer(outcomes, bodyOf)).toMatchObject(answer);
  });

  test.each([
    ["none has any of it", [absent(), absent()], { fault: "refused" }],
    ["nobody knows, for one fails", [absent(), bad("timeout")], { fault: "timeout" }],
    ["all fail", [refused(), bad("timeout")], { fault: "upstream-failed" }],
  ])("is a fault when %s", (_, outcomes, fault) => {
    expect(() => gatheredAnswer(outcomes, bodyOf)).toThrow(expect.objectContaining(fault));
  });
});
