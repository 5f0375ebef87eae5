import { describe, expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import type { RequestHandler, SessionOptions } from "../../src/session/session.ts";
import { responseTo } from "../../src/wire/remoting-command.ts";
import { settle } from "../support/clock.ts";
import type { Connection } from "../support/scripted-connection.ts";
import { ASK, ask, PLENTY, talk } from "./support.ts";

const self = { language: "HTTP", version: 78 };

const echo: RequestHandler = ({ serializeType, command }) => ({
  serializeType,
  command: responseTo(command, self, { remark: command.remark }),
});

/** A talk in which the peer asks. */
async function asked(options: SessionOptions) {
  const { server, session } = await talk({ handlers: { [ASK]: () => ({}) } }, options);
  await settle();
  const connection = server.connections[0] as Connection;
  const request = (opaque: number, flag = 0) => connection.command({ ...ask(`q${opaque}`), opaque, flag });
  return { server, session, connection, request };
}

describe("a request that the peer starts", () => {
  test("reaches the handler and is answered with its opaque, whatever the handler put there", async () => {
    const { server, connection, request } = await asked({
      onRequest: async (frame, session) => {
        const answer = await echo(frame, session);
        return answer && { ...answer, command: { ...answer.command, opaque: 5 } };
      },
    });
    request(77);
    request(-3);
    await server.saw("1 response", "1 response");
    expect(connection.responses.map(({ opaque, remark, flag }) => ({ opaque, remark, flag }))).toEqual([
      { opaque: 77, remark: "q77", flag: 1 },
      { opaque: -3, remark: "q-3", flag: 1 },
    ]);
  });

  test("doesn't meet a request of ours with the same opaque", async () => {
    const { server, session, connection, request } = await asked({ onRequest: echo });
    const own = session.request(ask(), PLENTY);
    request(1);
    await own;
    await server.saw("1 response");
    expect(connection.responses[0]?.opaque).toBe(1);
    expect(session.stats.lateReplies).toBe(0);
  });

  const unanswered: Record<string, { options: SessionOptions; flag?: number }> = {
    "that is one-way": { options: { onRequest: echo }, flag: 2 },
    "that is one-way and fails": { options: { onRequest: () => Promise.reject(new Error("no")) }, flag: 2 },
    "whose handler says nothing": { options: { onRequest: () => null } },
    "without a handler": { options: {} },
  };
  for (const [name, { options, flag }] of Object.entries(unanswered)) {
    test(`${name} is not answered, and the connection goes on`, async () => {
      const { session, connection, request } = await asked(options);
      request(1, flag);
      await settle();
      await session.request(ask(), PLENTY);
      expect(connection.responses).toHaveLength(0);
      expect(session.isOpen).toBe(true);
    });
  }

  const failing: Record<string, RequestHandler> = {
    throws: () => {
      throw new Error("Cannot do it: out of luck");
    },
    rejects: async () => {
      throw new Fault("internal", "Cannot do it: out of luck");
    },
  };
  for (const [name, onRequest] of Object.entries(failing)) {
    test(`is answered with code 1 and the reason when its handler ${name}`, async () => {
      const { server, session, connection, request } = await asked({ onRequest });
      request(9);
      await server.saw("1 response");
      expect(connection.responses[0]).toMatchObject({ code: 1, opaque: 9, remark: "Cannot do it: out of luck" });
      expect(session.isOpen).toBe(true);
    });
  }

  test("is answered with code 1 when the answer doesn't fit a frame", async () => {
    const { server, connection, request } = await asked({
      limits: { maxFrameBytes: 1_024 },
      onRequest: ({ command }) => ({
        serializeType: "JSON",
        command: responseTo(command, self, { body: new Uint8Array(2_048) }),
      }),
    });
    request(9);
    await server.saw("1 response");
    expect(connection.responses[0]).toMatchObject({ code: 1, body: null });
  });

  test("is forgotten when the connection ends before its handler does", async () => {
    const gate = Promise.withResolvers<null>();
    const { session, connection, request } = await asked({
      onRequest: async (frame, own) => (await gate.promise) ?? echo(frame, own),
    });
    request(1);
    await settle();
    session.close();
    gate.resolve(null);
    await settle();
    expect(connection.responses).toHaveLength(0);
  });

  test("cuts the peer off when it never reads its answers", async () => {
    const body = new Uint8Array(100_000);
    const { session, connection, request } = await asked({
      limits: { maxQueuedBytes: 500_000 },
      onRequest: ({ command }) => ({ serializeType: "JSON", command: responseTo(command, self, { body }) }),
    });
    connection.stopReading();
    connection.command({ ...ask(), opaque: 0, flag: 0 });
    await settle();
    // 256 KiB wait in the connection, half a megabyte in the session, and then it is enough.
    let count = 1;
    for (; session.isOpen && count < 50; count++) {
      request(count);
      await settle();
    }
    expect((await session.closed).message).toContain("it doesn't read its answers");
    expect(count).toBeLessThan(15);
  });
});
