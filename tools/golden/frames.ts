import { type Sample, samplesOf } from "./exact.ts";
import { completeFrame } from "./frame.ts";
import { completeRecord } from "./record.ts";
import { inflatedRegistration } from "./registration.ts";
import { completeSignature } from "./signature.ts";

/** The lines of one generation's Frames program as samples, each checked against its own bytes. */
export function frameSamples(output: string): Sample[] {
  return samplesOf(output).flatMap((sample) => {
    if (sample.kind === "storedMessage") return [completeRecord(sample)];
    if (String(sample.id).startsWith("acl-")) return [completeSignature(sample)];
    if (sample.kind !== "frame") return [sample];
    const inside = inflatedRegistration(sample);
    return inside === undefined ? [completeFrame(sample)] : [completeFrame(sample), inside];
  });
}
