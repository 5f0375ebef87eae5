import { describe, expect, test } from "bun:test";
import { utf8 } from "../../src/bytes/utf8.ts";
import { Fault } from "../../src/errors.ts";
import { createSession } from "../../src/session/session.ts";
import { memoryPair } from "../../src/transport/memory-socket.ts";
import { fakeClock, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import type { Connection } from "../support/scripted-connection.ts";
import { closing, garbage, gated, silent, stuck } from "../support/scripts.ts";
import { ASK, ask, PLENTY, talk } from "./support.ts";

/** More than a connection in memory takes while nobody reads. */
const BIG = new Uint8Array(1_000_000);

describe("a request without an answer", () => {
  test("times out at its deadline, not before, and its late answer is dropped and counted", async () => {
    using clock = fakeClock();
    const gate = gated();
    const { session } = await talk({ handlers: { [ASK]: gate.handler } });
    const outcome = faultOf(session.request(ask(), { timeoutMillis: 100 }));
    await clock.advance(99);
    expect(session.stats.pending).toBe(1);
    await clock.advance(1);
    const fault = await outcome;
    expect(fault.fault).toBe("timeout");
    expect(fault.message).toBe(`Cannot get an answer from ${session.remote}: none within 100 ms`);
    expect(fault.target).toBe(session.remote);
    expect(session.isOpen).toBe(true);
    gate.open();
    await settle();
    expect(session.stats).toMatchObject({ pending: 0, lateReplies: 1 });
    session.close();
    expect(clock.timers).toBe(0);
  });

  test("takes the connection with it where that is asked for", async () => {
    using clock = fakeClock();
    const { session } = await talk({ handlers: { [ASK]: silent } }, { closeOnTimeout: true });
    const short = faultOf(session.request(ask(), { timeoutMillis: 10 }));
    const long = faultOf(session.request(ask(), { timeoutMillis: 1_000 }));
    await clock.advance(10);
    expect((await short).fault).toBe("timeout");
    expect((await long).fault).toBe("closed");
    expect((await session.closed).message).toContain("a request timed out");
    expect(clock.timers).toBe(0);
  });
});

const LENGTH_OF_GARBAGE = [0xff, 0xff, 0xff, 0xff];
const ends: Record<string, { act: (connection: Connection) => void; fault: string; says: string }> = {
  "a peer that closes": { act: ({ socket }) => socket.close(), fault: "closed", says: "the peer closed it" },
  "a peer that closes within a frame": {
    act(connection) {
      connection.send(Uint8Array.from([0, 0, 0, 9, 0]));
      connection.socket.end();
    },
    fault: "closed",
    says: "the peer closed it within a frame",
  },
  "a reset": { act: ({ socket }) => socket.reset(), fault: "closed", says: "connection reset" },
  "garbage for a length": {
    act: (connection) => connection.send(Uint8Array.from(LENGTH_OF_GARBAGE)),
    fault: "undecodable",
    says: "length -1 is outside",
  },
  "a frame over the limit": {
    act: (connection) => connection.send(Uint8Array.from([0x7f, 0, 0, 0])),
    fault: "undecodable",
    says: "is outside",
  },
  "another protocol": { act: (connection) => garbage({} as never, connection), fault: "undecodable", says: "length" },
  "a header that is no JSON": {
    act: (connection) => connection.send(Uint8Array.from([0, 0, 0, 6, 0, 0, 0, 2, 0x7b, 0x7b])),
    fault: "undecodable",
    says: "Cannot decode JSON header",
  },
};

describe("all that waits fails with one reason on", () => {
  for (const [name, { act, fault, says }] of Object.entries(ends)) {
    test(name, async () => {
      const { server, session } = await talk({ handlers: { [ASK]: silent } });
      const outcomes = ["a", "b", "c"].map((remark) => faultOf(session.request(ask(remark), PLENTY)));
      await server.saw("1 1", "1 1", "1 1");
      act(server.connections[0] as Connection);
      const [first, ...others] = await Promise.all(outcomes);
      expect(first?.fault).toBe(fault as never);
      expect(first?.message).toContain(says);
      expect(first?.message).toStartWith("Cannot ");
      expect(first?.target).toBe(session.remote);
      for (const other of others) expect(other).toBe(first as never);
      expect(await session.closed).toBe(first as never);
      expect(session.isOpen).toBe(false);
      await server.saw("1 close");
    });
  }
});

describe("what never left", () => {
  test("fails with send-failed, and what left with closed, when the peer hangs up", async () => {
    const { server, session } = await talk({
      handlers: { [ASK]: stuck },
    });
    const left = faultOf(session.request(ask("left"), PLENTY));
    await server.saw("1 1");
    const half = faultOf(session.request(ask("half", BIG), PLENTY));
    await settle();
    const queued = faultOf(session.request(ask("queued"), PLENTY));
    server.connections[0]?.socket.reset();
    expect((await left).fault).toBe("closed");
    expect((await half).fault).toBe("send-failed");
    expect((await queued).fault).toBe("send-failed");
    expect(server.arrivals).toHaveLength(1);
  });

  test("fails with send-failed on a connection that is closed", async () => {
    const { session } = await talk();
    session.close();
    for (const outcome of [session.request(ask(), PLENTY), session.oneway(ask())]) {
      expect(await faultOf(outcome)).toMatchObject({ fault: "send-failed", target: session.remote });
    }
  });

  test("a failed send closes the connection, and only what may have arrived whole counts as left", async () => {
    const [client, server] = memoryPair("client:1", "server:1");
    const write = async () => {
      throw new Fault("send-failed", "Cannot write to server:1: broken pipe");
    };
    const session = createSession({ ...client, write });
    const outcomes = ["a", "b"].map((remark) => faultOf(session.request(ask(remark), PLENTY)));
    const told = faultOf(session.oneway(ask("c")));
    expect((await Promise.all(outcomes)).map(({ fault }) => fault)).toEqual(["closed", "closed"]);
    expect(await told).toMatchObject({ fault: "send-failed", target: "server:1" });
    expect((await session.closed).message).toContain("broken pipe");
    expect(session.isOpen).toBe(false);
    for await (const chunk of server.chunks) expect(chunk).toBeUndefined();
  });

  test("an answer that was lost is no failed send", async () => {
    const { session } = await talk({ handlers: { [ASK]: closing } });
    expect((await faultOf(session.request(ask(), PLENTY))).fault).toBe("closed");
  });
});

describe("limits", () => {
  test("more requests than may wait are refused, and the next one fits again", async () => {
    const gate = gated();
    const { server, session } = await talk({ handlers: { [ASK]: gate.handler } }, { limits: { maxPending: 3 } });
    const waiting = [1, 2, 3].map(() => session.request(ask(), PLENTY));
    const refused = await faultOf(session.request(ask(), PLENTY));
    expect(refused).toMatchObject({ fault: "too-many-pending", target: session.remote });
    expect(session.stats.pending).toBe(3);
    await server.saw("1 1", "1 1", "1 1");
    gate.open();
    await Promise.all(waiting);
    await session.request(ask(), PLENTY);
    expect(server.arrivals).toHaveLength(4);
  });

  test("bytes behind a peer that doesn't read are bounded, for one-way requests too", async () => {
    const { session } = await talk(
      { greet: (connection) => connection.stopReading() },
      { limits: { maxQueuedBytes: 1_500_000 } },
    );
    const waiting = [1, 2].map(() => faultOf(session.request(ask(null, BIG), PLENTY)));
    await settle();
    for (const outcome of [session.request(ask(), PLENTY), session.oneway(ask())]) {
      expect((await faultOf(outcome)).fault).toBe("too-many-pending");
    }
    session.close();
    // They were one write, so that the first of them may have arrived.
    expect((await Promise.all(waiting)).map(({ fault }) => fault)).toEqual(["closed", "send-failed"]);
  });

  test("a frame over the limit is refused before anything is sent, and the connection goes on", async () => {
    const { server, session, writes } = await talk(
      { handlers: { [ASK]: () => ({}) } },
      { limits: { maxFrameBytes: 1_024 } },
    );
    const over = ask(null, new Uint8Array(1_024));
    const fits = ask(null, new Uint8Array(512));
    expect((await faultOf(session.request(over, PLENTY))).fault).toBe("too-large");
    expect((await faultOf(session.oneway(over))).fault).toBe("too-large");
    expect((await faultOf(session.request(fits, { ...PLENTY, maxFrameBytes: 512 }))).fault).toBe("too-large");
    expect(writes).toHaveLength(0);
    await session.request(fits, PLENTY);
    expect(server.arrivals).toHaveLength(1);
  });

  test("a one-way request that the peer doesn't take in time times out", async () => {
    using clock = fakeClock();
    const { session } = await talk({ greet: (connection) => connection.stopReading() });
    const outcome = faultOf(session.oneway(ask(null, BIG), { timeoutMillis: 50 }));
    await clock.advance(50);
    expect((await outcome).fault).toBe("timeout");
    session.close();
    expect(clock.timers).toBe(0);
  });

  test("a one-way request is sent with its bit, and leaves no timer", async () => {
    using clock = fakeClock();
    const { server, session } = await talk();
    await session.oneway(ask("x", utf8("body")), PLENTY);
    await server.saw("1 1 oneway");
    expect(session.stats.pending).toBe(0);
    expect(clock.timers).toBe(0);
  });
});
