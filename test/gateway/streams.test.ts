import { describe, expect, test } from "bun:test";
import { utf8 } from "../../src/bytes/utf8.ts";
import { createHttpGateway } from "../../src/gateway/gateway.ts";
import { createStreams } from "../../src/gateway/streams.ts";
import { answer, EVENT_STREAM, get, type Route } from "../../src/http/route.ts";
import { settle } from "../support/clock.ts";
import { requestOf } from "../support/http.ts";
import { ownServices } from "./support/own.ts";

/** A stream that says `tick` whenever it is asked, and what became of it. */
function ticking() {
  const seen = { pulls: 0, isCancelled: false };
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        seen.pulls++;
        controller.enqueue(utf8("data: tick\n\n"));
      },
      cancel() {
        seen.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, stream };
}

function unexpected(error: unknown): never {
  throw error;
}

describe("an answer that goes on", () => {
  function rig(limits: { maxStreams?: number } = {}) {
    const opened: ReturnType<typeof ticking>["seen"][] = [];
    const lastEventIds: (string | undefined)[] = [];
    const logged: string[] = [];
    const route: Route = get("/ticks", {
      summary: "Ticks",
      answers: { 200: answer("ticks") },
      media: EVENT_STREAM,
      handle({ lastEventId }) {
        lastEventIds.push(lastEventId);
        const { seen, stream } = ticking();
        opened.push(seen);
        return { status: 200, headers: { "x-accel-buffering": "no" }, stream };
      },
    });
    const services = { ...ownServices, limits: { ...ownServices.limits, ...limits } };
    const http = createHttpGateway({
      routes: [route],
      services,
      sharing: { isShared: true, ttlMillis: 60_000 },
      onError: (trace) => logged.push(trace),
    });
    const fetch = async (headers: Record<string, string> = {}, method = "GET") =>
      http.fetch(requestOf("http://localhost", "/ticks", { method, headers }));
    return { http, fetch, opened, lastEventIds, logged };
  }

  test("has no length, no validator, and is kept by nobody", async () => {
    const { fetch, opened } = rig();
    const response = await fetch({ "if-none-match": "*" });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers) as Record<string, string>).toEqual({
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-accel-buffering": "no",
    });
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("data: tick\n\n");
    await reader?.cancel();
    expect(opened).toEqual([{ pulls: 1, isCancelled: true }]);
  });

  test("is one for each caller", async () => {
    const { http, fetch, opened } = rig();
    const responses = await Promise.all([fetch(), fetch()]);
    expect([opened.length, http.streams.open]).toEqual([2, 2]);
    await responses[0]?.body?.cancel();
    expect(http.streams.open).toBe(1);
    expect(opened.map(({ isCancelled }) => isCancelled)).toEqual([true, false]);
  });

  test("is told where its caller goes on", async () => {
    const { fetch, lastEventIds } = rig();
    await fetch({ "last-event-id": "41" });
    await fetch();
    expect(lastEventIds).toEqual(["41", undefined]);
  });

  test("is not begun for HEAD", async () => {
    const { fetch, http, opened } = rig();
    const response = await fetch({}, "HEAD");
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
      200,
      "text/event-stream",
      "",
    ]);
    expect(opened).toEqual([{ pulls: 0, isCancelled: true }]);
    expect(http.streams.open).toBe(0);
  });

  test("is refused beyond the limit, and once the gateway is stopping", async () => {
    const { fetch, http, opened } = rig({ maxStreams: 1 });
    const first = await fetch();
    const refused = await fetch();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(opened[1]).toEqual({ pulls: 0, isCancelled: true });
    await first.body?.cancel();
    const second = await fetch();
    http.streams.end();
    expect(await second.text()).toBe("");
    expect(opened[2]?.isCancelled).toBe(true);
    expect((await fetch()).status).toBe(503);
  });
});

describe("streams", () => {
  test("pass on what is there, chunk by chunk as it is read", async () => {
    const streams = createStreams(1, unexpected);
    const { seen, stream } = ticking();
    const reader = streams.keep(stream).getReader();
    await settle();
    expect(seen.pulls).toBe(0);
    await reader.read();
    await settle();
    expect(seen.pulls).toBe(1);
    await reader.cancel();
  });

  test("end in order when they are told to, also while something is waited for", async () => {
    const streams = createStreams(9, unexpected);
    const silent = new ReadableStream<Uint8Array<ArrayBuffer>>({ pull: () => new Promise(() => {}) });
    const reader = streams.keep(silent).getReader();
    const waiting = reader.read();
    await settle();
    streams.end();
    expect(await waiting).toEqual({ value: undefined, done: true });
    expect(streams.open).toBe(0);
  });

  test("that break off are told of", async () => {
    const errors: unknown[] = [];
    const streams = createStreams(9, (error) => errors.push(error));
    const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull() {
        throw new Error("Cannot go on");
      },
    });
    const reader = streams.keep(broken).getReader();
    expect(await reader.read().catch(String)).toBe("Error: Cannot go on");
    expect([errors.map(String), streams.open]).toEqual([["Error: Cannot go on"], 0]);
  });
});
