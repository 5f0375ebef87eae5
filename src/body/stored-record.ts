import { toHex } from "../bytes/hex.ts";
import { int64At, setInt64 } from "../bytes/int64.ts";
import { type Reader, reader } from "../bytes/reader.ts";
import { toText, utf8 } from "../bytes/utf8.ts";
import { writer } from "../bytes/writer.ts";
import { Fault } from "../errors.ts";
import type { Int64 } from "../json/value.ts";
import { hostBytes, hostText } from "./message-host.ts";
import { sysFlags } from "./sys-flag.ts";

/*
 * A message as it lies in the commit log and comes back from there, big-endian (MessageDecoder.decode):
 *
 *   total size 4 | magic 4 | body CRC 4 | queue id 4 | flag 4 | queue offset 8 | commit log offset 8 | sysFlag 4
 *   born timestamp 8 | born host 4 or 16, port 4 | store timestamp 8 | store host 4 or 16, port 4
 *   reconsume times 4 | prepared transaction offset 8 | length 4, body | length 1 or 2, topic | length 2, properties
 *
 * Bits of sysFlag say how long the hosts are, the magic how long the length of the topic is: 5.x writes the second form
 * for topics of more than 127 bytes.
 */
const MAGIC_V1 = 0xdaa320a7 | 0;
const MAGIC_V2 = 0xdaa320ab | 0;
const MAX_TOPIC_BYTES_V1 = 127;
const IPV4_BYTES = 4;
const IPV6_BYTES = 16;
const PORT_BYTES = 4;
const INT64_BYTES = 8;
const WHAT = "stored message";

/** A message as it is stored, its body and its properties as they lie there. */
export interface StoredRecord {
  /** Bytes of the record. */
  readonly storeSize: number;
  /** CRC-32 of the body as it is stored. */
  readonly bodyCRC: number;
  readonly queueId: number;
  readonly flag: number;
  readonly queueOffset: Int64;
  readonly commitLogOffset: Int64;
  readonly sysFlag: number;
  readonly bornTimestamp: Int64;
  readonly bornHost: string;
  readonly storeTimestamp: Int64;
  readonly storeHost: string;
  /** Id by the last two: store host and commit log offset. */
  readonly offsetMsgId: string;
  readonly reconsumeTimes: number;
  readonly preparedTransactionOffset: Int64;
  readonly body: Uint8Array;
  readonly topic: string;
  readonly properties: string;
}

/**
 * The records that follow one another in the bytes, to the last. Throws `undecodable` where one is none, or is cut off:
 * what came before it would be read again, what comes behind it must not be passed over.
 */
export function decodeRecords(bytes: Uint8Array): StoredRecord[] {
  const input = reader(bytes, WHAT);
  const records: StoredRecord[] = [];
  while (input.remaining > 0) records.push(readRecord(input));
  return records;
}

function readRecord(input: Reader): StoredRecord {
  const before = input.remaining;
  const storeSize = input.i32();
  const magic = input.i32();
  if (magic !== MAGIC_V1 && magic !== MAGIC_V2) {
    throw new Fault("undecodable", `Cannot decode ${WHAT}: 0x${(magic >>> 0).toString(16)} is no magic number of one`);
  }
  const head = {
    storeSize,
    bodyCRC: input.i32(),
    queueId: input.i32(),
    flag: input.i32(),
    queueOffset: readInt64(input),
  };
  const offset = input.take(INT64_BYTES);
  const sysFlag = input.i32();
  const bornTimestamp = readInt64(input);
  const bornHost = takeHost(input, sysFlag & sysFlags.bornHostV6);
  const storeTimestamp = readInt64(input);
  const storeHost = takeHost(input, sysFlag & sysFlags.storeHostV6);
  const record = {
    ...head,
    commitLogOffset: int64At(offset, 0),
    sysFlag,
    bornTimestamp,
    bornHost: hostText(bornHost),
    storeTimestamp,
    storeHost: hostText(storeHost),
    offsetMsgId: (toHex(storeHost) + toHex(offset)).toUpperCase(),
    reconsumeTimes: input.i32(),
    preparedTransactionOffset: readInt64(input),
    body: input.take(input.i32()),
    topic: toText(input.take(magic === MAGIC_V1 ? input.u8() : input.i16())),
    properties: toText(input.take(input.i16())),
  };
  const read = before - input.remaining;
  if (read === storeSize) return record;
  throw new Fault("undecodable", `Cannot decode ${WHAT}: it has ${read} bytes, ${storeSize} announced`);
}

function readInt64(input: Reader): Int64 {
  return int64At(input.take(INT64_BYTES), 0);
}

function takeHost(input: Reader, isSixth: number): Uint8Array {
  return input.take((isSixth ? IPV6_BYTES : IPV4_BYTES) + PORT_BYTES);
}

/**
 * The bytes of a record. Its size, its id and the bits for the kinds of its hosts follow from the rest. Throws
 * `invalid-argument` for a host that is no IP address with a port.
 */
export function encodeRecord(record: Omit<StoredRecord, "storeSize" | "offsetMsgId">): Uint8Array {
  const born = hostBytes(record.bornHost);
  const store = hostBytes(record.storeHost);
  const topic = utf8(record.topic);
  const properties = utf8(record.properties);
  const isV1 = topic.length <= MAX_TOPIC_BYTES_V1;
  const out = writer();
  out.i32(0);
  for (const value of [isV1 ? MAGIC_V1 : MAGIC_V2, record.bodyCRC, record.queueId, record.flag]) out.i32(value);
  out.bytes(int64Bytes(record.queueOffset));
  out.bytes(int64Bytes(record.commitLogOffset));
  out.i32(withHostBits(record.sysFlag, born, store));
  out.bytes(int64Bytes(record.bornTimestamp));
  out.bytes(born);
  out.bytes(int64Bytes(record.storeTimestamp));
  out.bytes(store);
  out.i32(record.reconsumeTimes);
  out.bytes(int64Bytes(record.preparedTransactionOffset));
  out.i32(record.body.length);
  out.bytes(record.body);
  if (isV1) out.u8(topic.length);
  else out.i16(topic.length);
  out.bytes(topic);
  out.i16(properties.length);
  out.bytes(properties);
  const bytes = out.finish();
  new DataView(bytes.buffer, bytes.byteOffset).setInt32(0, bytes.length);
  return bytes;
}

function withHostBits(sysFlag: number, born: Uint8Array, store: Uint8Array): number {
  const bornBit = born.length > IPV4_BYTES + PORT_BYTES ? sysFlags.bornHostV6 : 0;
  const storeBit = store.length > IPV4_BYTES + PORT_BYTES ? sysFlags.storeHostV6 : 0;
  return (sysFlag & ~(sysFlags.bornHostV6 | sysFlags.storeHostV6)) | bornBit | storeBit;
}

function int64Bytes(value: Int64): Uint8Array {
  const bytes = new Uint8Array(INT64_BYTES);
  setInt64(bytes, 0, value);
  return bytes;
}
