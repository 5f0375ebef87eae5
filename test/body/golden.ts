import type { BodyContext } from "../../src/body/codec.ts";
import type { JsonValue } from "../../src/json/value.ts";
import type { Generation } from "../../src/wire/versions.ts";
import { readGolden } from "../json/golden.ts";

export const generations: readonly Generation[] = ["3.2.6", "4.9.7", "5.5.0"];

const versions: Readonly<Record<Generation, number>> = { "3.2.6": 78, "4.9.7": 407, "5.5.0": 513 };

/** What a codec knows of the other side when that is of this generation. */
export function contextOf(generation: Generation, header: BodyContext["header"] = {}): BodyContext {
  return { version: versions[generation], header };
}

interface GoldenBody {
  readonly samples: Readonly<Record<string, string>>;
  readonly strictSample: JsonValue;
}

const bodies = readGolden("bodies.json") as Readonly<Record<string, GoldenBody>>;

/** The sample of a body class by generation, and what the newest one means. */
export function goldenBody(name: string): { texts: ReadonlyMap<Generation, string>; meaning: JsonValue } {
  const body = bodies[name];
  if (body === undefined) throw new Error(`Cannot find a golden body: ${name}`);
  const texts = new Map<Generation, string>();
  let newer = "";
  for (const generation of generations.toReversed()) {
    const text = body.samples[generation];
    if (text === undefined) continue;
    newer = text === "(same as above)" ? newer : text;
    texts.set(generation, newer);
  }
  return { texts, meaning: body.strictSample };
}

/** A text of the samples as strict JSON: quotes around integer keys, which no text in a sample looks like. */
export function quoteKeys(text: string): string {
  return text.replace(/([{,])(-?\d+):/g, '$1"$2":');
}

/** The meaning of a sample, read without the code under test; 3.2.6's spellings in today's form. */
export function meaningOf(text: string): JsonValue {
  const today = text.replaceAll('"timestatmp"', '"timestamp"').replaceAll('"topicSynFlag"', '"topicSysFlag"');
  return JSON.parse(quoteKeys(today));
}

export const encoded = (text: string) => new TextEncoder().encode(text);
export const decoded = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
