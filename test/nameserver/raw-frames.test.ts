import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { reader } from "../../src/bytes/reader.ts";
import type { Socket } from "../../src/transport/socket.ts";
import { decodeFrame } from "../../src/wire/frame.ts";
import { frameCutter } from "../../src/wire/frame-cutter.ts";
import { samplesIn } from "../golden/samples.ts";
import { meaningOf } from "./replay/meaning.ts";
import { registration } from "./replay/steps.ts";
import { ask, type Embedded, startEmbedded } from "./support.ts";

/** What a real 5.5.0 name server did with the bytes: answered, closed the connection, or neither for 1.5 s. */
interface Sample {
  readonly version: string;
  readonly port: number;
  readonly test: string;
  readonly sentHex?: string;
  readonly result: string | { readonly headerText: string; readonly body: string };
}

const samples = (await samplesIn("raw-frame-probes.json")) as unknown as Sample[];
const ofNameServer = samples.filter(({ version, port, sentHex }) => version === "5.5.0" && port === 9876 && sentHex);
const baseline = Uint8Array.fromHex(ofNameServer[0]?.sentHex ?? "");

/** What can't be asked of the embedded server. */
const leftOut = new Map([
  ["field opaque absent", "Java makes up an opaque, so that nobody can match the answer"],
  ["language=99", "a language is taken as it is, be it a number without a name"],
]);

describe("odd and broken frames, as a real 5.5.0 takes them", () => {
  let embedded: Embedded;
  beforeAll(async () => {
    embedded = await startEmbedded();
    const broker = registration("5.5.0", {
      clusterName: "DefaultCluster",
      brokerName: "broker-a",
      brokerAddr: "127.0.0.1:10911",
      counter: 1,
      topics: [{ topicName: "TBW102", perm: 7, readQueueNums: 8, writeQueueNums: 8 }],
    });
    await ask(await embedded.connect(), broker.code, broker);
  });
  afterAll(() => embedded.server.close());

  for (const { test: name, sentHex = "", result } of ofNameServer) {
    // A real server holds the first 12 bytes of a connection and incomplete frames: that is no answer, but no refusal.
    if (leftOut.has(name) || (typeof result === "string" && result.startsWith("NO ANSWER"))) continue;
    test(name, async () => {
      const socket = await embedded.open();
      await socket.write(Uint8Array.fromHex(sentHex));
      const first = await firstFrame(socket);
      if (typeof result === "string") {
        expect(result).toBe("CLOSED");
        expect(first).toBeUndefined();
      } else {
        expect(headerText(first)).toBe(result.headerText);
        const { body } = decodeFrame(first as Uint8Array).command;
        expect(meaningOf(new TextDecoder().decode(body ?? undefined), "5.5.0")).toEqual(
          meaningOf(result.body, "5.5.0"),
        );
      }
      socket.close();
    });
  }

  test("a one-way request is not answered, the next one is", async () => {
    const sample = ofNameServer.find(({ test: name }) => name === "one-way (flag 2)");
    const oneway = Uint8Array.fromHex(sample?.sentHex ?? "");
    expect(oneway).not.toBeEmpty();
    const socket = await embedded.open();
    const other = new TextDecoder().decode(baseline).replace('"opaque": 5', '"opaque": 6');
    await socket.write(oneway);
    await socket.write(new TextEncoder().encode(other));
    expect(headerText(await firstFrame(socket))).toContain('"opaque":6');
    socket.close();
  });
});

/** The first frame that comes, undefined when the connection ends before. */
async function firstFrame(socket: Socket): Promise<Uint8Array | undefined> {
  const cutter = frameCutter(1 << 24);
  for await (const chunk of socket.chunks) {
    const [frame] = cutter.push(chunk);
    if (frame) return frame;
  }
  return undefined;
}

function headerText(frame: Uint8Array | undefined): string {
  if (frame === undefined) return "no frame";
  const input = reader(frame, "frame");
  return new TextDecoder().decode(input.take(input.i32() & 0xffffff));
}
