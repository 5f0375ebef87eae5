import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type SseEvent, type SseSource, sseStream, sseText } from "../../src/http/sse.ts";
import { fakeClock, settle } from "../support/clock.ts";

/** Reads a stream of events as a browser does (WHATWG HTML, 9.2.6). */
function parse(text: string): { events: SseEvent[]; comments: number } {
  const events: SseEvent[] = [];
  let comments = 0;
  for (const block of text.split("\n\n").slice(0, -1)) {
    const data: string[] = [];
    const fields: { event?: string; id?: string } = {};
    for (const line of block.split(/\r\n|\r|\n/)) {
      const [, name = "", value = ""] = /^([^:]*): ?(.*)$/su.exec(line) ?? [];
      if (name === "data") data.push(value);
      else if (name === "event" || name === "id") fields[name] = value;
      else if (name === "") comments++;
      else throw new Error(`Cannot read the line ${line}`);
    }
    if (data.length > 0) events.push({ ...fields, data: data.join("\n") });
  }
  return { events, comments };
}

/** A source that hands out what is given to it. */
function controlled(): SseSource & { give(event: SseEvent | null): void; readonly isClosed: boolean; asked: number } {
  const waiting: ((event: SseEvent | null) => void)[] = [];
  const ready: (SseEvent | null)[] = [];
  let isClosed = false;
  return {
    asked: 0,
    next() {
      this.asked++;
      const event = ready.shift();
      return event !== undefined ? Promise.resolve(event) : new Promise((resolve) => waiting.push(resolve));
    },
    close() {
      isClosed = true;
      for (const resolve of waiting.splice(0)) resolve(null);
    },
    give(event) {
      const resolve = waiting.shift();
      if (resolve) resolve(event);
      else ready.push(event);
    },
    get isClosed() {
      return isClosed;
    },
  };
}

describe("an event", () => {
  test("is a line for its name, its id and its data", () => {
    expect(sseText({ event: "group-changed", id: "7", data: '{"a":1}' })).toBe(
      'event: group-changed\nid: 7\ndata: {"a":1}\n\n',
    );
    expect(sseText({ data: "" })).toBe("data: \n\n");
  });

  test("can't be made another one by what it says", () => {
    const event = { event: "a\ndata: x\r\n\r\nevent: b", id: "1\rid: 2\0", data: "x\r\nevent: c\n\ny\rz" };
    expect(parse(sseText(event)).events).toEqual([
      { event: "a data: x    event: b", id: "1 id: 2 ", data: "x\nevent: c\n\ny\nz" },
    ]);
  });

  test("comes back as it was sent", () => {
    const line = fc.string({ unit: "binary" }).map((text) => text.replaceAll(/[\r\n\0]/g, "").trimStart());
    const text = fc.string({ unit: fc.constantFrom("a", " ", ":", "\n", "データ") });
    fc.assert(
      fc.property(fc.record({ event: line, id: line, data: text }), (event) => {
        expect(parse(sseText(event)).events).toEqual([event]);
      }),
    );
  });
});

describe("a stream", () => {
  test("begins with a comment, and has one whenever nothing comes for a while", async () => {
    using clock = fakeClock();
    const source = controlled();
    const reader = sseStream(source, 15_000).getReader();
    const decoder = new TextDecoder();
    let text = "";
    const reading = (async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        text += decoder.decode(value);
      }
    })();
    await clock.advance(44_000);
    expect(parse(text)).toEqual({ events: [], comments: 3 });
    source.give({ id: "1", data: "a" });
    source.give({ id: "2", data: "b" });
    await settle();
    expect(parse(text).events.map(({ id }) => id)).toEqual(["1", "2"]);
    // The wait begins anew with each event, and what was asked for once is not asked for again.
    await clock.advance(14_000);
    expect({ comments: parse(text).comments, asked: source.asked }).toEqual({ comments: 3, asked: 3 });
    source.give(null);
    await reading;
    expect({ closed: source.isClosed, timers: clock.timers }).toEqual({ closed: true, timers: 0 });
  });

  test("takes an event only when its reader wants one", async () => {
    const source = controlled();
    const reader = sseStream(source, 15_000).getReader();
    for (let id = 1; id <= 100; id++) source.give({ id: String(id), data: "x" });
    await reader.read();
    expect(source.asked).toBe(0);
    await reader.read();
    await settle();
    expect(source.asked).toBe(1);
    await reader.cancel();
  });

  test("lets go of its source when its reader goes, also while it waits", async () => {
    using clock = fakeClock();
    const source = controlled();
    const reader = sseStream(source, 15_000).getReader();
    await reader.read();
    const waiting = reader.read();
    await settle();
    await reader.cancel();
    expect(await waiting).toEqual({ value: undefined, done: true });
    await settle();
    expect({ closed: source.isClosed, timers: clock.timers }).toEqual({ closed: true, timers: 0 });
    const unread = controlled();
    await sseStream(unread, 15_000).cancel();
    expect(unread.isClosed).toBe(true);
  });
});

test("an id alone, and a word for people, dispatch nothing", () => {
  expect(sseText({ id: "7" })).toBe("id: 7\n\n");
  expect(sseText({ comment: "broker b1 is away:\nrefused" })).toBe(": broker b1 is away: refused\n\n");
  expect(parse(`${sseText({ id: "7" })}${sseText({ comment: "x" })}`)).toEqual({ events: [], comments: 1 });
});
