import { toBase64 } from "../bytes/base64.ts";
import { crc32 } from "../bytes/crc32.ts";
import { Fault } from "../errors.ts";
import { int64 } from "../json/value.ts";
import { limits } from "../limits.ts";
import { decompress } from "./compression/decompress.ts";
import { bodyMembers, type Message } from "./message.ts";
import { decodeBatch } from "./message-batch.ts";
import { type MessageProperties, propertiesFromText } from "./message-properties.ts";
import type { StoredRecord } from "./stored-record.ts";
import { compressionOf, isInnerBatch, sysFlags } from "./sys-flag.ts";

/** What the messages of one answer may still become; opening a record takes from it. */
export interface Budget {
  bytes: number;
  messages: number;
}

/** A fresh budget. */
export function budget(): Budget {
  return { bytes: limits.maxInflatedBytes, messages: limits.maxBatchMessages };
}

/** No kind of compression makes more than so many bytes of one: a failed attempt counts for what it may have made. */
const MOST_BYTES_OF_ONE = 32_768;

/**
 * The messages that a record is: one, or those of the batch that it holds. A body that can't be had, since it is damaged
 * or too large, is told by `bodyFault` and given as it is stored: one bad message must not hide those around it. The bit
 * for compression is cleared where the body is given decompressed, as in Java since 5.0.
 */
export function openRecord(record: StoredRecord, left: Budget): Message[] {
  const opened = withPlainBody(record, left);
  if (opened.bodyFault !== undefined || !isInnerBatch(record.sysFlag)) return [messageOf(opened)];
  try {
    const inner = decodeBatch(opened.body, left.messages);
    left.messages -= inner.length;
    return inner.map((each, index) => {
      const queueOffset = int64(BigInt(record.queueOffset) + BigInt(index));
      return messageOf({ ...opened, ...each, queueOffset });
    });
  } catch (fault) {
    return [messageOf({ ...opened, bodyFault: undecodableReason(fault) })];
  }
}

interface Opened extends Omit<StoredRecord, "properties"> {
  readonly properties: MessageProperties;
  readonly bodyFault?: string;
}

function withPlainBody(record: StoredRecord, left: Budget): Opened {
  const opened = { ...record, properties: propertiesFromText(record.properties) };
  const { body, bodyCRC, sysFlag } = record;
  const crc = crc32(body);
  if (crc !== bodyCRC) return { ...opened, bodyFault: `Cannot decode body: its CRC is ${crc}, not ${bodyCRC}` };
  if (!(sysFlag & sysFlags.compressed)) return opened;
  const maxBytes = Math.min(limits.maxMessageBytes, left.bytes);
  try {
    const plain = decompress(body, compressionOf(sysFlag), maxBytes);
    left.bytes -= plain.length;
    return { ...opened, body: plain, sysFlag: sysFlag & ~sysFlags.compressed };
  } catch (fault) {
    left.bytes -= Math.min(maxBytes, body.length * MOST_BYTES_OF_ONE);
    return { ...opened, bodyFault: undecodableReason(fault) };
  }
}

function undecodableReason(fault: unknown): string {
  if (fault instanceof Fault && fault.fault === "undecodable") return fault.message;
  throw fault;
}

function messageOf({ topic, body, bodyFault, properties, offsetMsgId, ...rest }: Opened): Message {
  return {
    topic,
    msgId: properties.UNIQ_KEY ?? offsetMsgId,
    offsetMsgId,
    ...splitOut(properties),
    ...(bodyFault === undefined ? bodyMembers(body) : { bodyBase64: toBase64(body), bodyFault }),
    properties,
    ...rest,
  };
}

/** What is worth a member of its own. */
function splitOut({ TAGS, KEYS, DELAY }: MessageProperties): Pick<Message, "tags" | "keys" | "delayTimeLevel"> {
  return {
    ...(TAGS !== undefined && { tags: TAGS }),
    ...(KEYS !== undefined && { keys: KEYS.split(" ").filter((key) => key !== "") }),
    ...(DELAY !== undefined && /^[0-9]{1,9}$/.test(DELAY) && { delayTimeLevel: Number(DELAY) }),
  };
}
