import { expect, test } from "bun:test";
import { extraInfoOf } from "../../src/http/lease-handle.ts";
import { type Handover, leasedMessages } from "../../src/http/lease-reply.ts";
import { message } from "../support/message.ts";

const holder = { group: "g", topic: "t" };
const header: Handover = {
  popTime: 1_795_223_564_855,
  invisibleTime: 3_000,
  reviveQid: 3,
  startOffsetInfo: "0 0 5;1 0 2",
};

function checkpoint(more: Parameters<typeof message>[0], said: Handover = header): string {
  const [leased] = leasedMessages([message(more)], said, holder, "b1");
  return leased ? extraInfoOf(leased.lease) : "";
}

test("a message that comes first is named by what was handed out with it", () => {
  expect(checkpoint({ queueOffset: 7 })).toBe("5 1795223564855 3000 3 0 b1 0 7");
  expect(checkpoint({ queueId: 2, queueOffset: 9 }, { ...header, startOffsetInfo: "0 0 5;0 2 8" })).toBe(
    "8 1795223564855 3000 3 0 b1 2 9",
  );
});

test("one that comes again is named by the broker", () => {
  const POP_CK = "2 1795223564855 3000 7 1 broker-a 0 2";
  expect(checkpoint({ queueOffset: 2, properties: { POP_CK } })).toBe(POP_CK);
});

test.each(["%RETRY%g_t", "%RETRY%g+t"])("one that is shown in the retry topic %s is named by that", (topic) => {
  const origin = topic.includes("+") ? 2 : 1;
  const said = { ...header, startOffsetInfo: `0 0 5;${origin} 0 2` };
  expect(checkpoint({ topic, queueOffset: 2 }, said)).toBe(`2 1795223564855 3000 3 ${origin} b1 0 2`);
});

test.each(["2 1795223564854 3000 7 1 broker-a 0 7", "2 1795223564855 3000 7 1 broker-a 0 2", "garbage"])(
  "a name that its sender stored with it counts for nothing: %s",
  (POP_CK) => {
    expect(checkpoint({ queueOffset: 7, properties: { POP_CK } })).toBe("5 1795223564855 3000 3 0 b1 0 7");
  },
);

test.each([
  { ...header, startOffsetInfo: "0 1 5" },
  { ...header, startOffsetInfo: "x" },
  { ...header, startOffsetInfo: undefined },
  { ...header, popTime: undefined },
  { ...header, invisibleTime: undefined },
  { ...header, reviveQid: undefined },
])("an answer that doesn't say how to acknowledge is none", (said) => {
  expect(() => checkpoint({}, said)).toThrow("Cannot read the messages");
});

test.each([
  [1, { reconsumeTimes: 0 }, undefined],
  [3, { reconsumeTimes: 2 }, undefined],
  // In order mode, as a 5.5.0 broker counted.
  [1, { queueOffset: 0 }, "0 0 0"],
  [2, { queueOffset: 0 }, "0 qo0%0 1;0 0 0"],
  [1, { queueOffset: 1 }, "0 qo0%0 1;0 0 0"],
  [3, { queueOffset: 0 }, "0 qo0%0 2;0 qo0%1 1;0 0 1"],
  [2, { queueOffset: 1 }, "0 qo0%0 2;0 qo0%1 1;0 0 1"],
])("it is attempt %d of %j with %j", (attempt, more, orderCountInfo) => {
  const [leased] = leasedMessages([message(more)], { ...header, orderCountInfo }, holder, "b1");
  expect(leased?.message).toMatchObject({ deliveryAttempt: attempt, visibleAt: 1_795_223_567_855 });
});
