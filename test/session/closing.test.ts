import { describe, expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { fakeClock, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import { silent } from "../support/scripts.ts";
import { ASK, ask, PLENTY, talk } from "./support.ts";

describe("closing a session", () => {
  test("fails what waits with the reason given, ends once, and leaves no timer", async () => {
    using clock = fakeClock();
    const { server, session } = await talk({ handlers: { [ASK]: silent } });
    const outcomes = ["a", "b"].map((remark) => faultOf(session.request(ask(remark), PLENTY)));
    await server.saw("1 1", "1 1");
    const reason = new Fault("unavailable", "Cannot go on: the gateway is stopping");
    session.close(reason);
    session.close(new Fault("internal", "Cannot close: it was closed"));
    session.close();
    expect(await Promise.all(outcomes)).toEqual([reason, reason]);
    expect(await session.closed).toBe(reason);
    expect(session.isOpen).toBe(false);
    await settle();
    expect(server.journal).toEqual(["1 open", "1 1", "1 1", "1 close"]);
    expect(clock.timers).toBe(0);
  });

  test("in the microtask of a request leaves that unsent", async () => {
    const { server, session } = await talk();
    const outcome = faultOf(session.request(ask(), PLENTY));
    session.close();
    expect((await outcome).fault).toBe("send-failed");
    await settle();
    expect(server.arrivals).toHaveLength(0);
  });
});
