import Value from "typebox/value";
import { reader } from "../bytes/reader.ts";
import { fromUtf8, utf8 } from "../bytes/utf8.ts";
import { writer } from "../bytes/writer.ts";
import { Fault } from "../errors.ts";
import { parseDialect } from "../json/dialect.ts";
import { stringifyDialect } from "../json/write-dialect.ts";
import { limits } from "../limits.ts";
import { toInt64 } from "../schema/integer.ts";
import { type Static, Type } from "../schema/types.ts";
import { V3_0_11, V5_0_0 } from "../wire/versions.ts";
import type { BodyCodec, BodyContext } from "./codec.ts";
import { jsonBody } from "./json.ts";
import { dataVersion, TopicConfig, TopicConfigSerializeWrapper } from "./topic-config.ts";
import { deflate, inflate } from "./zlib.ts";

/** RegisterBrokerBody: what a broker serves. */
export const RegisterBrokerBody = Type.Object({
  topicConfigSerializeWrapper: TopicConfigSerializeWrapper,
  filterServerList: Type.Array(Type.String(), { description: "addresses of the broker's filter servers" }),
});
export type RegisterBrokerBody = Static<typeof RegisterBrokerBody>;

const wrapped = jsonBody(RegisterBrokerBody, ["timestamp"]);
/** What brokers before 3.0.11 send: the topic table alone. */
const bare = jsonBody(TopicConfigSerializeWrapper, ["timestamp"]);

/** The body in the layout that the request's version and its `compressed` field ask for (RegisterBrokerBody.java). */
export const registerBrokerBody: BodyCodec<RegisterBrokerBody> = {
  schema: RegisterBrokerBody,
  encode(body, context) {
    if (context.header.compressed) return deflate(encodeCompact(body, context));
    if (context.version < V3_0_11) return bare.encode(body.topicConfigSerializeWrapper, context);
    return wrapped.encode(body, context);
  },
  decode(bytes, context) {
    if (context.header.compressed) return decodeCompact(inflate(bytes, limits.maxInflatedBytes), context);
    if (context.version >= V3_0_11) return wrapped.decode(bytes, context);
    return { topicConfigSerializeWrapper: bare.decode(bytes, context), filterServerList: [] };
  },
};

/*
 * Inside the zlib stream, big-endian lengths before each text:
 *
 *   len, DataVersion JSON | topic count | { len, "name read write perm filter[ attributes]" }* | len, filter servers JSON
 *   [ | mapping count | { len, TopicQueueMappingInfo JSON }* ]            in brackets: only from 5.0 on
 *
 * order and topicSysFlag don't travel in this layout.
 */
function encodeCompact(body: RegisterBrokerBody, context: BodyContext): Uint8Array {
  const { dataVersion: version, topicConfigTable } = body.topicConfigSerializeWrapper;
  const out = writer();
  const put = (bytes: Uint8Array) => {
    out.i32(bytes.length);
    out.bytes(bytes);
  };
  put(dataVersion.encode(version, context));
  const topics = Object.values(topicConfigTable);
  out.i32(topics.length);
  for (const topic of topics) put(utf8(topicLine(topic, context)));
  put(utf8(stringifyDialect(body.filterServerList, { integerKeys: "bare" })));
  if (context.version >= V5_0_0) out.i32(0);
  return out.finish();
}

function topicLine(topic: TopicConfig, context: BodyContext): string {
  if (topic.topicName.includes(" ")) {
    throw new Fault("invalid-argument", `Cannot compress topic "${topic.topicName}": a blank separates its fields`);
  }
  const { topicName, readQueueNums, writeQueueNums, perm, topicFilterType, attributes } = topic;
  const fields = [topicName, readQueueNums, writeQueueNums, perm, topicFilterType];
  // 4.x reads exactly five fields, 5.x writes six always.
  if (context.version >= V5_0_0) fields.push(stringifyDialect(attributes ?? {}, { integerKeys: "bare" }));
  return fields.join(" ");
}

function decodeCompact(bytes: Uint8Array, context: BodyContext): RegisterBrokerBody {
  const input = reader(bytes, "compressed register-broker body");
  const text = () => fromUtf8(input.take(input.i32()), "compressed register-broker body");
  const version = dataVersion.decode(input.take(input.i32()), context);
  const topicConfigTable: Record<string, TopicConfig> = Object.create(null);
  for (let left = input.i32(); left > 0; left--) {
    const topic = parseTopicLine(text());
    topicConfigTable[topic.topicName] = topic;
  }
  const filterServerList = parseDialect(text()) as string[];
  return { topicConfigSerializeWrapper: { dataVersion: version, topicConfigTable }, filterServerList };
}

function parseTopicLine(line: string): TopicConfig {
  const [topicName, read, write, bits, filter, ...attributes] = line.split(" ");
  const [readQueueNums, writeQueueNums, perm] = [read, write, bits].map((field) => toInt64(field ?? ""));
  const topic = {
    topicName,
    readQueueNums,
    writeQueueNums,
    perm,
    topicFilterType: filter,
    topicSysFlag: 0,
    order: false,
  };
  if (!Value.Check(TopicConfig, topic)) {
    throw new Fault("undecodable", `Cannot decode compressed register-broker body: topic "${line}"`);
  }
  return attributes.length === 0 ? topic : { ...topic, attributes: parseAttributes(attributes.join(" ")) };
}

function parseAttributes(text: string): Record<string, string> {
  return parseDialect(text) as Record<string, string>;
}
