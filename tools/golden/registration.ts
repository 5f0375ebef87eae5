import { inflateSync } from "node:zlib";
import { crc32, cursorOver, fromHex, toHex } from "./bytes.ts";
import { exactly, type Sample } from "./exact.ts";

/** What is inside a compressed registration, as a sample of its own; undefined for every other frame. */
export function inflatedRegistration(sample: Sample): Sample | undefined {
  const { version } = sample;
  if (sample.id !== `register-broker-compressed-json-${version}`) return undefined;
  const compressed = fromHex(String(sample.bodyHex));
  const bytes = new Uint8Array(inflateSync(compressed));
  return exactly({
    kind: "misc",
    id: `register-body-inflated-${version}`,
    version,
    note: "zlib-inflated compressed RegisterBrokerBody",
    hex: toHex(bytes),
    crc32OfCompressed: crc32(compressed),
    decodedParts: partsOf(bytes),
  });
}

/** The parts in their order; the number of queue mappings follows only where the generation has them. */
function partsOf(bytes: Uint8Array): Sample[] {
  const body = cursorOver(bytes);
  const parts: Record<string, string | number>[] = [{ dataVersionJson: body.text(body.int32()) }];
  const topicCount = body.int32();
  parts.push({ topicCount });
  for (let i = 0; i < topicCount; i++) parts.push({ topic: body.text(body.int32()) });
  parts.push({ filterServerListJson: body.text(body.int32()) });
  if (body.left() > 0) parts.push({ mappingCount: body.int32() });
  if (body.left() > 0) throw new Error(`Cannot read a registration: ${body.left()} bytes left over`);
  return parts.map(exactly);
}
