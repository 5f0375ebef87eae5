import { describe, expect, test } from "bun:test";
import { connectFault, listenFault, readFault, tlsFault, writeFault } from "../../src/transport/faults.ts";

const broker = { host: "broker-a", port: 10911 };
const coded = (code: string, message = code) => Object.assign(new Error(message), { code });

describe("faults of the transport", () => {
  test.each([
    ["a code that is known", coded("ECONNREFUSED", "connect ECONNREFUSED 10.0.0.1:10911"), "connection refused"],
    ["a code that is not known", coded("EWHATEVER", "something else"), "something else"],
    ["several addresses", new AggregateError([coded("ECONNREFUSED"), coded("ETIMEDOUT")]), "connection refused"],
    ["Deno's lookup", new Error("failed to lookup address information: Name or service not known"), "unknown host"],
    ["OpenSSL's reason", Object.assign(coded("ERR_SSL"), { reason: "wrong version number" }), "wrong version number"],
    ["no error", undefined, "connection closed"],
    ["a text", "gone", "gone"],
  ])("say the reason of %s", (_, error, words) => {
    expect(connectFault(broker, error).message).toBe(`Cannot connect to broker-a:10911: ${words}`);
  });

  test("say what could not be done, to whom, and keep the cause", () => {
    const cause = coded("ECONNRESET");
    const reset = "connection reset by the peer";
    expect(tlsFault(broker, cause)).toMatchObject({
      fault: "connect-failed",
      message: `Cannot connect to broker-a:10911: TLS handshake failed: ${reset}`,
      target: "broker-a:10911",
      cause,
    });
    expect(readFault("broker-a:10911", cause)).toMatchObject({
      fault: "closed",
      message: `Cannot read from broker-a:10911: ${reset}`,
      target: "broker-a:10911",
      cause,
    });
    expect(writeFault("broker-a:10911")).toMatchObject({
      fault: "send-failed",
      message: "Cannot write to broker-a:10911: connection closed",
      target: "broker-a:10911",
    });
    expect(listenFault({ host: "::1", port: 80 }, coded("EACCES"))).toMatchObject({
      fault: "listen-failed",
      message: "Cannot listen on [::1]:80: permission denied",
    });
  });
});
