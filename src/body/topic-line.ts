import { Fault } from "../errors.ts";
import { parseDialect } from "../json/dialect.ts";
import { isJsonObject } from "../json/value.ts";
import { stringifyDialect } from "../json/write-dialect.ts";
import { toInt64 } from "../schema/integer.ts";
import { V5_0_0 } from "../wire/versions.ts";
import type { TopicConfig } from "./topic-config.ts";

/** As much of a bad line as an error message shows: it may be as long as the whole body. */
const SHOWN_CHARS = 200;

/**
 * A topic as `name read write perm filter[ attributes]` (TopicConfig.encode): 4.x reads exactly five fields, 5.x always
 * writes six. Throws `invalid-argument` for a name that can't be told from the fields behind it.
 */
export function topicLine(topic: TopicConfig, readerVersion: number): string {
  const { topicName, readQueueNums, writeQueueNums, perm, topicFilterType } = topic;
  if (topicName.includes(" ")) {
    throw new Fault("invalid-argument", `Cannot compress topic "${topicName}": a blank separates its fields`);
  }
  const fields = [topicName, readQueueNums, writeQueueNums, perm, topicFilterType];
  if (readerVersion >= V5_0_0) fields.push(attributesText(topic.attributes ?? {}));
  return fields.join(" ");
}

/** Java drops attributes with a blank in them, since it parts the line there. In JSON a blank has another spelling. */
function attributesText(attributes: Record<string, string>): string {
  return stringifyDialect(attributes, { integerKeys: "quoted" }).replaceAll(" ", "\\u0020");
}

/** Reads a line. Throws `undecodable` on one that Java doesn't read either. */
export function parseTopicLine(line: string): TopicConfig {
  const [topicName = "", read, write, bits, topicFilterType, ...attributes] = line.split(" ");
  const [readQueueNums, writeQueueNums, perm] = [read, write, bits].map((field = "") => toInt64(field));
  if (!isInt32(readQueueNums) || !isInt32(writeQueueNums) || !isInt32(perm) || !isFilterType(topicFilterType)) {
    throw new Fault(
      "undecodable",
      `Cannot decode compressed register-broker body: topic "${line.slice(0, SHOWN_CHARS)}"`,
    );
  }
  // order and topicSysFlag don't travel in this layout.
  const topic = { topicName, readQueueNums, writeQueueNums, perm, topicFilterType, topicSysFlag: 0, order: false };
  return attributes.length === 0 ? topic : { ...topic, attributes: parseAttributes(attributes.join(" ")) };
}

function isInt32(value: unknown): value is number {
  return typeof value === "number" && value === (value | 0);
}

function isFilterType(text: string | undefined): text is TopicConfig["topicFilterType"] {
  return text === "SINGLE_TAG" || text === "MULTI_TAG";
}

/** Attributes that can't be read are none, as in Java, rather than the end of the registration. */
function parseAttributes(text: string): Record<string, string> {
  try {
    const value = parseDialect(text);
    const entries = isJsonObject(value) ? Object.entries(value) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    return {};
  }
}
