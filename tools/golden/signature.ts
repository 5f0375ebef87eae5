import { createHmac } from "node:crypto";
import { toHex } from "./bytes.ts";
import type { Sample } from "./exact.ts";

/** Adds the text that a signature is of, and checks that signing it again gives what Java put in the header. */
export function completeSignature(sample: Sample): Sample {
  const { Signature: signature, ...fields } = sample.extFieldsAfterHook as Record<string, string>;
  const keys = Object.keys(fields).sort();
  const content = new TextEncoder().encode(keys.map((key) => fields[key]).join("") + (sample.bodyText ?? ""));
  const again = createHmac("sha1", String(sample.secretKey)).update(content).digest("base64");
  if (again !== signature) throw new Error(`Cannot accept ${sample.id}: the signature of its content is ${again}`);
  return { ...sample, stringToSignHex: toHex(content), signature, recomputedMatches: true };
}
