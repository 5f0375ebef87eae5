import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { concat } from "../../src/bytes/concat.ts";
import { encodeFrame } from "../../src/wire/frame.ts";
import type { Connection } from "../support/scripted-connection.ts";
import { ASK, ask, PLENTY, talk } from "./support.ts";

/** A script that answers a number of requests together, in the order of `order`, each with its own remark. */
function inOrder(order: readonly number[]) {
  const waiting: Parameters<Connection["reply"]>[0][] = [];
  return {
    [ASK]: (request: (typeof waiting)[number], connection: Connection) => {
      waiting.push(request);
      if (waiting.length < order.length) return null;
      for (const index of order) {
        const each = waiting[index] as typeof request;
        connection.reply(each, { remark: each.remark });
      }
      return null;
    },
  };
}

describe("multiplexing", () => {
  test("answers in any order reach those who asked", async () => {
    const orders = fc
      .integer({ min: 1, max: 24 })
      .chain((count) => fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count }));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const { session } = await talk({ handlers: inOrder(order) });
        const remarks = [...order.keys()].map(String);
        const answers = await Promise.all(remarks.map((remark) => session.request(ask(remark), PLENTY)));
        expect(answers.map(({ command }) => command.remark)).toEqual(remarks);
        expect(session.stats).toMatchObject({ pending: 0, lateReplies: 0 });
        session.close();
      }),
      { numRuns: 100 },
    );
  });

  test("1,000 requests at once, answered last first", async () => {
    const order = [...Array(1_000).keys()].toReversed();
    const { session } = await talk({ handlers: inOrder(order) });
    const remarks = [...order.keys()].map(String);
    const answers = Promise.all(remarks.map((remark) => session.request(ask(remark), PLENTY)));
    expect(session.stats.pending).toBe(1_000);
    expect((await answers).map(({ command }) => command.remark)).toEqual(remarks);
    expect(session.stats.pending).toBe(0);
  });

  test("requests of one microtask leave as one write, and so do the answers to one chunk", async () => {
    const { server, session, writes } = await talk(
      { handlers: { [ASK]: () => ({}) } },
      { onRequest: ({ serializeType, command }) => ({ serializeType, command: { ...command, flag: 1 } }) },
    );
    await Promise.all(["a", "b", "c"].map((remark) => session.request(ask(remark), PLENTY)));
    expect(writes).toHaveLength(1);
    expect(server.arrivals.map(({ request }) => request.remark)).toEqual(["a", "b", "c"]);
    const requests = ["d", "e"].map((remark, opaque) => ({ ...ask(remark), opaque, flag: 0 }));
    const frames = requests.map((command) => encodeFrame({ serializeType: "JSON", command }, 1_024));
    server.connections[0]?.send(concat(frames));
    await server.saw("1 response", "1 response");
    expect(writes).toHaveLength(2);
  });

  test("an answer that nobody waits for is dropped and counted", async () => {
    const { server, session } = await talk({
      handlers: {
        [ASK]: (request, connection) => {
          connection.reply({ ...request, opaque: 987_654 }, { remark: "for nobody" });
          return { remark: "for you" };
        },
      },
    });
    expect((await session.request(ask(), PLENTY)).command.remark).toBe("for you");
    expect(session.stats.lateReplies).toBe(1);
    expect(session.isOpen).toBe(true);
    expect(server.arrivals).toHaveLength(1);
  });
});
