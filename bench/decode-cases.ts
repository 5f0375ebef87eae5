import { toHex } from "../src/bytes/hex.ts";
import { decodeFrame } from "../src/wire/frame.ts";
import { V5_5_0 } from "../src/wire/versions.ts";
import { samplesIn } from "../test/golden/samples.ts";
import { routeAnswer } from "./rig/exchange.ts";
import { GENERATION } from "./rig/java.ts";
import { TOPIC, WIDE_BROKERS, WIDE_TOPIC } from "./rig/name-server.ts";

/** Bytes that both sides decode. */
export interface DecodeCase {
  readonly name: string;
  /** A frame without its length field, or the body of a route. */
  readonly kind: "frame" | "route";
  readonly hex: readonly string[];
}

/** What releases before 4.9.4 ask with: the answer has keys without quotes. */
const LOOSE_VERSION = 400;
const LENGTH_DIGITS = 8;

/** Frames that real Java wrote, and answers of the name server at this address. */
export async function decodeCases(address: string): Promise<DecodeCase[]> {
  const golden = (await samplesIn("frames.json")).filter(
    ({ kind, version }) => kind === "frame" && version === GENERATION,
  );
  const framesOf = (type: string) =>
    golden.filter(({ serializeType }) => serializeType === type).map(({ hex }) => String(hex).slice(LENGTH_DIGITS));
  const bodyOf = (frame: Uint8Array) => toHex(decodeFrame(frame).command.body ?? new Uint8Array(0));
  const [narrow, wide, wideLoose] = await Promise.all([
    routeAnswer(address, TOPIC, V5_5_0),
    routeAnswer(address, WIDE_TOPIC, V5_5_0),
    routeAnswer(address, WIDE_TOPIC, LOOSE_VERSION),
  ]);
  return [
    { name: "header-json-golden", kind: "frame", hex: framesOf("JSON") },
    { name: "header-rocketmq-golden", kind: "frame", hex: framesOf("ROCKETMQ") },
    { name: "header-json-route-answer", kind: "frame", hex: [toHex(narrow)] },
    { name: "body-route-1-broker", kind: "route", hex: [bodyOf(narrow)] },
    { name: `body-route-${WIDE_BROKERS}-brokers`, kind: "route", hex: [bodyOf(wide)] },
    { name: `body-route-${WIDE_BROKERS}-brokers-bare-keys`, kind: "route", hex: [bodyOf(wideLoose)] },
  ];
}
