/** Our decoders over the cases of a file, lines `millis`: `bun decode.ts cases.json`. Answers nanoseconds a decode. */
import { topicRouteData } from "../../src/body/topic-route.ts";
import { fromHex } from "../../src/bytes/hex.ts";
import { decodeFrame } from "../../src/wire/frame.ts";
import { V5_5_0 } from "../../src/wire/versions.ts";
import type { DecodeCase } from "../decode-cases.ts";
import { work } from "./worker.ts";

const context = { version: V5_5_0, header: {} };
const decoders = {
  frame: (bytes: Uint8Array) => decodeFrame(bytes).command.opaque,
  route: (bytes: Uint8Array) => topicRouteData.decode(bytes, context).brokerDatas.length,
} as const;

/** What decoders gave, summed up so that none of their work can be left out. */
let sum = 0;

function nanosEach({ kind, hex }: DecodeCase, millis: number): number {
  const decode = decoders[kind];
  const samples = hex.map(fromHex);
  const startedAt = performance.now();
  let elapsed = 0;
  let rounds = 0;
  while (elapsed < millis) {
    for (const bytes of samples) sum += decode(bytes);
    rounds++;
    // A look at the clock costs some 40 ns, which would show for a single small sample.
    if ((rounds & 15) === 0) elapsed = performance.now() - startedAt;
  }
  return (elapsed * 1e6) / (rounds * samples.length);
}

const cases: DecodeCase[] = await Bun.file(process.argv[2] ?? "").json();
await work(async (millis) => {
  const nanos = Object.fromEntries(cases.map((each) => [each.name, nanosEach(each, Number(millis))]));
  return Number.isNaN(sum) ? {} : nanos;
});
