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

test("a class that a filter server can't compile is a bad body, what else fails there isn't", () => {
  const remark =
    "java.lang.Exception: registerFilterClass error, com.alibaba.rocketmq.filtersrv.processor.DefaultRequestProcessor.registerMessageFilterClass(DefaultRequestProcessor.java:366)";
  expect(statusOfResponse({ code: 1, remark, requestCode: 302 }, "PUT")).toBe(422);
  expect(statusOfResponse({ code: 1, remark: "java.lang.NullPointerException", requestCode: 302 }, "PUT")).toBe(502);
});

const group = "%RETRY%g\n<x> 值";
const npe = (at: string) =>
  `java.lang.NullPointerException: Cannot invoke "ConsumerGroupInfo.getChannelInfoTable()", ${at}.Broker2Client.getConsumeStatus(Broker2Client.java:251)`;

/** What brokers of the three generations answer to who asks for something that isn't there, with code 1. */
test.each([
  [38, `no consumer for this group, ${group}`],
  [204, `the producer group[${group}] not exist`],
  [222, `THe consumer group <${group}> not exist`],
  [222, `[reset-offset] reset offset failed, no topic in this broker. topic=${group}`],
  [223, npe("com.alibaba.rocketmq.broker.client.net")],
  [223, npe("org.apache.rocketmq.broker.client.net")],
  [307, `The Consumer <${group}> <a@b> not online`],
  [309, `The Consumer <${group}> <a@b> not online`],
  [33, "can not find message by the offset, 4711"],
  [
    309,
    "java.lang.NullPointerException: x, a.AdminBrokerProcessor.consumeMessageDirectly(AdminBrokerProcessor.java:1)",
  ],
  [315, `The stats <NOPE> <${group}> not exist`],
])("what isn't there is 404: %d %j", (requestCode, remark) => {
  const problem = problemOf(new Fault("refused", "Cannot ask", { response: { code: 1, remark, requestCode } }), {
    method: "GET",
    instance: "/x",
  });
  expect(problem).toMatchObject({ status: 404, body: { hint: expect.stringMatching(/\.$/) } });
  expect(statusOfResponse({ code: 1, remark, requestCode: 106 }, "GET")).toBe(502);
  expect(statusOfResponse({ code: 1, remark: `oops: ${remark.slice(5)}`, requestCode }, "GET")).toBe(502);
});

test.each([
  "The specified topic contains illegal characters, allowing only ^[%|a-zA-Z0-9_-]+$",
  "The specified topic is longer than topic max length.",
  "The specified topic is blank.",
  "The topic[TBW102] is conflict with system topic.",
])("a name that 4.x doesn't take is 400, as the newer code says: %s", (remark) =>
  expect(statusOfResponse({ code: 1, remark, requestCode: 17 }, "PUT")).toBe(400),
);

test("a client that is too old, or fails, is no missing one", () => {
  for (const [requestCode, remark] of [
    [307, "The Consumer <c> Version <V3_0_0_SNAPSHOT> too low to finish, please upgrade it to V3_1_8_SNAPSHOT"],
    [307, "no such group here"],
    [309, "java.nio.BufferUnderflowException, java.base/java.nio.HeapByteBuffer.get(HeapByteBuffer.java:183)"],
    [223, "the client does not support this feature. version=V3_0_0_SNAPSHOT"],
  ] as const) {
    expect(statusOfResponse({ code: 1, remark, requestCode }, "GET")).toBe(502);
  }
});
