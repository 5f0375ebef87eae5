import { type Reader, reader } from "../bytes/reader.ts";
import { fromUtf8, utf8 } from "../bytes/utf8.ts";
import { writer } from "../bytes/writer.ts";
import { Fault } from "../errors.ts";
import { parseDialect } from "../json/dialect.ts";
import { isJsonObject, type JsonObject } from "../json/value.ts";
import { stringifyDialect } from "../json/write-dialect.ts";
import { V5_0_0 } from "../wire/versions.ts";
import type { BodyContext } from "./codec.ts";
import { dataVersion, type TopicConfig, type TopicConfigSerializeWrapper } from "./topic-config.ts";
import { parseTopicLine, topicLine } from "./topic-line.ts";

/** What a registration says of its topics and filter servers. */
export interface Registration {
  topicConfigSerializeWrapper: TopicConfigSerializeWrapper;
  filterServerList: string[];
}

const WHAT = "compressed register-broker body";

/*
 * Inside the zlib stream of a compressed registration, big-endian lengths before each text (RegisterBrokerBody.encode):
 *
 *   len, DataVersion JSON | topic count | { len, topic line }* | len, filter servers JSON
 *   [ | mapping count | { len, TopicQueueMappingInfo JSON }* ]            in brackets: from a sender of 5.0 or newer
 */
export function encodeCompact({ topicConfigSerializeWrapper, filterServerList }: Registration, context: BodyContext) {
  const topics = Object.values(topicConfigSerializeWrapper.topicConfigTable);
  const out = writer();
  const put = (bytes: Uint8Array) => {
    out.i32(bytes.length);
    out.bytes(bytes);
  };
  put(dataVersion.encode(topicConfigSerializeWrapper.dataVersion, context));
  out.i32(topics.length);
  for (const topic of topics) put(utf8(topicLine(topic, context.version)));
  put(utf8(stringifyDialect(filterServerList, { integerKeys: "bare" })));
  if (context.version >= V5_0_0) out.i32(0);
  return out.finish();
}

/** Throws `undecodable` on bytes that are no such layout, also where a sender of 5.0 or newer left the mappings out. */
export function decodeCompact(bytes: Uint8Array, context: BodyContext): Registration {
  const input = reader(bytes, WHAT);
  const version = dataVersion.decode(input.take(input.i32()), context);
  const topics = readTexts(input).map((line): [string, TopicConfig] => {
    const topic = parseTopicLine(line);
    return [topic.topicName, topic];
  });
  const filterServerList = parseFilterServers(readText(input));
  const wrapper = { dataVersion: version, topicConfigTable: Object.fromEntries(topics) };
  const mappings = context.version >= V5_0_0 ? readTexts(input).map(parseMapping) : [];
  // A member that only 5.x knows, and that uncompressed registrations bring along as it is.
  const mapped = mappings.length > 0 ? { ...wrapper, topicQueueMappingInfoMap: Object.fromEntries(mappings) } : wrapper;
  return { topicConfigSerializeWrapper: mapped, filterServerList };
}

function readText(input: Reader): string {
  return fromUtf8(input.take(input.i32()), WHAT);
}

function readTexts(input: Reader): string[] {
  const texts: string[] = [];
  for (let left = input.i32(); left > 0; left--) texts.push(readText(input));
  return texts;
}

/** Filter servers that can't be read are none, as in Java, rather than the end of the registration. */
function parseFilterServers(text: string): string[] {
  try {
    const value = parseDialect(text);
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  } catch {
    return [];
  }
}

function parseMapping(text: string): [string, JsonObject] {
  const mapping = parseDialect(text);
  if (isJsonObject(mapping) && typeof mapping.topic === "string") return [mapping.topic, mapping];
  throw new Fault("undecodable", `Cannot decode ${WHAT}: a queue mapping without its topic`);
}
