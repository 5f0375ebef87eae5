import { cursorOver, fromHex, toHex } from "./bytes.ts";
import { type Exact, exactly, type Sample } from "./exact.ts";

const magics: Readonly<Record<string, 1 | 2>> = { "0xdaa320a7": 1, "0xdaa320ab": 2 };

/** Adds the layout of a stored message field by field, and checks that it fills the record to the last byte. */
export function completeRecord(sample: Sample): Sample {
  const parsedLayout = layoutOf(fromHex(String(sample.hex)));
  const message = sample.message as Sample;
  for (const name of ["queueId", "queueOffset", "physicalOffset", "sysFlag", "bodyCRC", "topic"]) {
    if (String(digitsOf(parsedLayout[name])) !== String(digitsOf(message[name]))) {
      throw new Error(`Cannot accept ${sample.id}: its ${name} is not the message's`);
    }
  }
  return { ...sample, parsedLayout };
}

function digitsOf(value: Exact | undefined): unknown {
  return typeof value === "object" && value !== null && "rawJSON" in value ? value.rawJSON : value;
}

function layoutOf(bytes: Uint8Array): Sample {
  const record = cursorOver(bytes);
  const totalSize = record.int32();
  if (totalSize !== bytes.length)
    throw new Error(`Cannot read a record: it has ${bytes.length} bytes, not ${totalSize}`);
  const magic = `0x${record.uint32().toString(16)}`;
  const version = magics[magic];
  if (version === undefined) throw new Error(`Cannot read a record: unknown magic ${magic}`);
  const head = {
    totalSize,
    magic,
    bodyCRC: record.int32(),
    queueId: record.int32(),
    flag: record.int32(),
    queueOffset: record.int64(),
    physicalOffset: record.int64(),
  };
  const sysFlag = record.int32();
  const hosts = {
    bornTimestamp: Number(record.int64()),
    bornHostHex: toHex(record.bytes(sysFlag & 16 ? 16 : 4)),
    bornPort: record.int32(),
    storeTimestamp: Number(record.int64()),
    storeHostHex: toHex(record.bytes(sysFlag & 32 ? 16 : 4)),
    storePort: record.int32(),
    reconsumeTimes: record.int32(),
    preparedTransactionOffset: record.int64(),
  };
  const bodyLength = record.int32();
  const bodyHexOnWire = toHex(record.bytes(bodyLength));
  const topicLength = version === 1 ? record.int8() & 0xff : record.int16();
  const topic = record.text(topicLength);
  const propertiesLength = record.int16();
  const properties = record.text(propertiesLength);
  if (record.left() > 0) throw new Error(`Cannot read a record: ${record.left()} bytes left over`);
  const tail = { bodyLength, bodyHexOnWire, topicLength, topic, propertiesLength, properties };
  return exactly({ ...head, sysFlag, ...hosts, ...tail });
}
