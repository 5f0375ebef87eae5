import { toHex } from "../src/bytes/hex.ts";
import { decodeFrame } from "../src/wire/frame.ts";
import { V5_5_0 } from "../src/wire/versions.ts";
import { samplesIn } from "../test/golden/samples.ts";
import { type Generation, generationNames } from "../tools/rocketmq/generations.ts";
import { routeAnswer } from "./rig/exchange.ts";
import { TOPIC, WIDE_BROKERS, WIDE_TOPIC } from "./rig/name-server.ts";

/** Bytes that both sides decode. */
export interface DecodeCase {
  /** Whose Java decodes it too. */
  readonly generation: Generation;
  readonly name: string;
  /** A frame without its length field, or the body of a route. */
  readonly kind: "frame" | "route";
  readonly hex: readonly string[];
}

/** What releases before 4.9.4 ask with: the answer has keys without quotes. */
const LOOSE_VERSION = 400;
const LENGTH_DIGITS = 8;

/** Frames that a generation's Java wrote. */
async function goldenCases(generation: Generation): Promise<DecodeCase[]> {
  const golden = (await samplesIn("frames.json")).filter(
    ({ kind, version }) => kind === "frame" && version === generation,
  );
  return ["JSON", "ROCKETMQ"].flatMap((type) => {
    const frames = golden.filter(({ serializeType }) => serializeType === type);
    const hex = frames.map((frame) => String(frame.hex).slice(LENGTH_DIGITS));
    const name = `header-${type.toLowerCase()}-golden`;
    return frames.length === 0 ? [] : [{ generation, name, kind: "frame", hex }];
  });
}

/** What each generation decodes: frames of its own, and answers of the name server at this address. */
export async function decodeCases(address: string): Promise<DecodeCase[]> {
  const bodyOf = (frame: Uint8Array) => toHex(decodeFrame(frame).command.body ?? new Uint8Array(0));
  const [narrow, wide, wideLoose] = await Promise.all([
    routeAnswer(address, TOPIC, V5_5_0),
    routeAnswer(address, WIDE_TOPIC, V5_5_0),
    routeAnswer(address, WIDE_TOPIC, LOOSE_VERSION),
  ]);
  const answers = [
    { name: "header-json-route-answer", kind: "frame", hex: [toHex(narrow)] },
    { name: "body-route-1-broker", kind: "route", hex: [bodyOf(narrow)] },
    { name: `body-route-${WIDE_BROKERS}-brokers`, kind: "route", hex: [bodyOf(wide)] },
    { name: `body-route-${WIDE_BROKERS}-brokers-bare-keys`, kind: "route", hex: [bodyOf(wideLoose)] },
  ] as const;
  const each = generationNames.map(async (generation) => [
    ...(await goldenCases(generation)),
    ...answers.map((answer) => ({ generation, ...answer })),
  ]);
  return (await Promise.all(each)).flat();
}
