import { parseExact, type Sample, sameMeaning, samplesOf } from "./exact.ts";

/**
 * The lines of one generation's Dialect program as samples. `readBack` stays only where the library's own generic parser
 * reads its own text differently.
 */
export function dialectSamples(output: string): Sample[] {
  return samplesOf(output).map((sample) => {
    const { readBack, ...kept } = sample.mode === "standard" ? withStrictMeaning(sample) : sample;
    return readBack === undefined || sameMeaning(readBack, kept.value) ? kept : { ...kept, readBack };
  });
}

/** The strict form makes text of longs and object keys: where a text is strict JSON, it is its own meaning. */
function withStrictMeaning(sample: Sample): Sample {
  try {
    return { ...sample, value: parseExact(String(sample.text)) };
  } catch {
    return sample;
  }
}
