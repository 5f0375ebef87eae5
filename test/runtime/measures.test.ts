import { expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { createMeasures } from "../../src/runtime/measures.ts";
import type { RequestCommand } from "../../src/session/session.ts";
import type { RemotingCommand } from "../../src/wire/remoting-command.ts";

const readings = {
  client: { connections: 1, pending: 2, lateReplies: 3 },
  registrations: 4,
  sessions: { sessions: 6, connections: 7 },
  streams: 8,
  nameServers: 5,
  about: { name: "rocketmq-gateway", version: "1.2.3", runtime: "test 1" },
};
const request: RequestCommand = { code: 105, language: "JAVA", version: 0, remark: null, extFields: null, body: null };
const reply = (code: number): RemotingCommand => ({ ...request, code, opaque: 1, flag: 1 });

/** The lines of a metric. */
function linesOf(text: string, name: string): string[] {
  return text.split("\n").filter((line) => line.startsWith(`rocketmq_gateway_${name}`));
}

test("methods that nobody knows are counted as one", () => {
  const measures = createMeasures();
  for (const method of ["BREW", "PURGE", "GET"]) {
    measures.onExchange({ method, path: "/", route: "/", status: 405, elapsedMillis: 2, bytes: 0 });
  }
  const text = measures.text(readings);
  expect(linesOf(text, "http_requests_total")).toEqual([
    'rocketmq_gateway_http_requests_total{method="other",route="/",status="405"} 2',
    'rocketmq_gateway_http_requests_total{method="GET",route="/",status="405"} 1',
  ]);
  expect(linesOf(text, "http_request_duration_seconds_sum")[0]).toEndWith(" 0.004");
});

test("calls are told apart by what they came to, and by the kind of server", () => {
  const measures = createMeasures();
  const { after, connected } = measures.hooksFor([{ host: "::1", port: 9_876 }]);
  const outcomes = [reply(0), reply(17), reply(-12_345), null, new Fault("timeout", "Cannot: late")];
  for (const outcome of outcomes) after?.(request, outcome, "[::1]:9876", 1);
  after?.(request, reply(0), "10.0.0.7:10911", 1);
  connected?.("[::1]:9876", new Fault("connect-failed", "Cannot"), 1);
  connected?.("10.0.0.7:10911", null, 1);
  const text = measures.text(readings);
  const line = (target: string, outcome: string) =>
    `rocketmq_gateway_upstream_calls_total{command="GET_ROUTEINFO_BY_TOPIC",target="${target}",outcome="${outcome}"} 1`;
  expect(linesOf(text, "upstream_calls_total")).toEqual([
    ...["ok", "TOPIC_NOT_EXIST", "unknown", "oneway", "timeout"].map((outcome) => line("name-server", outcome)),
    line("broker", "ok"),
  ]);
  expect(linesOf(text, "upstream_connects_total")).toEqual([
    'rocketmq_gateway_upstream_connects_total{target="name-server",outcome="connect-failed"} 1',
    'rocketmq_gateway_upstream_connects_total{target="broker",outcome="ok"} 1',
  ]);
});

test("what is read at the moment of asking is what there is then", () => {
  const text = createMeasures().text(readings);
  const figures = [
    "connections 1",
    "pending_requests 2",
    "late_replies_total 3",
    "registrations 4",
    "name_servers 5",
    "sessions 6",
    "session_connections 7",
    "streams 8",
  ];
  for (const figure of figures) expect(linesOf(text, figure)).toEqual([`rocketmq_gateway_${figure}`]);
  expect(linesOf(text, "info")).toEqual(['rocketmq_gateway_info{version="1.2.3",runtime="test 1"} 1']);
  const [, startedAt] = linesOf(text, "start_time_seconds")[0]?.split(" ") ?? [];
  expect(Math.abs(Date.now() / 1000 - Number(startedAt))).toBeLessThan(60);
});
