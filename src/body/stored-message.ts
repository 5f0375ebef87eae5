import { crc32 } from "../bytes/crc32.ts";
import { Fault } from "../errors.ts";
import { Type } from "../schema/types.ts";
import type { BodyCodec } from "./codec.ts";
import { bodyBytes, Message } from "./message.ts";
import { propertiesToText } from "./message-properties.ts";
import { budget, openRecord } from "./open-record.ts";
import { decodeRecords, encodeRecord } from "./stored-record.ts";

/** Messages as they are stored, one behind the other: what brokers answer to whoever pulls, pops or searches. */
export const storedMessages: BodyCodec<Message[]> = {
  schema: Type.Array(Message),
  encode(messages) {
    const records = messages.map(encodeMessage);
    const bytes = new Uint8Array(records.reduce((length, record) => length + record.length, 0));
    let at = 0;
    for (const record of records) {
      bytes.set(record, at);
      at += record.length;
    }
    return bytes;
  },
  decode: decodeMessages,
};

/** A single message as it is stored. Of a record that holds a batch it is the first one. */
export const storedMessage: BodyCodec<Message> = {
  schema: Message,
  encode: encodeMessage,
  decode(bytes) {
    const [message] = decodeMessages(bytes);
    if (message === undefined) throw new Fault("undecodable", "Cannot decode stored message: there is none");
    return message;
  },
};

function decodeMessages(bytes: Uint8Array): Message[] {
  const left = budget();
  return decodeRecords(bytes).flatMap((record) => openRecord(record, left));
}

/** A record with the message. Its size and its CRC follow from the rest, whatever the message says of them. */
function encodeMessage(message: Message): Uint8Array {
  const body = bodyBytes(message);
  return encodeRecord({ ...message, body, bodyCRC: crc32(body), properties: propertiesToText(message.properties) });
}
