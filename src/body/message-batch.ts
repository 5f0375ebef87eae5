import { reader } from "../bytes/reader.ts";
import { toText, utf8 } from "../bytes/utf8.ts";
import { writer } from "../bytes/writer.ts";
import { Fault } from "../errors.ts";
import { type MessageProperties, propertiesFromText, propertiesToText } from "./message-properties.ts";

/*
 * The body of SEND_BATCH_MESSAGE, one of these for each message, big-endian (MessageDecoder.encodeMessage). Magic and CRC
 * are 0 and not read:
 *
 *   total size 4 | magic 4 | CRC 4 | flag 4 | length 4, body | length 2, properties
 */
const WHAT = "message batch";
const FIXED_BYTES = 22;

/** One message of a batch. Topic and all else are those of the request. */
export interface BatchMessage {
  /** Number of the application. */
  readonly flag: number;
  readonly body: Uint8Array;
  readonly properties: MessageProperties;
}

/** The bytes of a batch. Throws `invalid-argument` on properties that can't be written. */
export function encodeBatch(messages: readonly BatchMessage[]): Uint8Array {
  const out = writer();
  for (const { flag, body, properties } of messages) {
    const text = utf8(propertiesToText(properties));
    out.i32(FIXED_BYTES + body.length + text.length);
    out.i32(0);
    out.i32(0);
    out.i32(flag);
    out.i32(body.length);
    out.bytes(body);
    out.i16(text.length);
    out.bytes(text);
  }
  return out.finish();
}

/** The messages of a batch. Throws `undecodable` on bytes that are none, and for more than `maxMessages`. */
export function decodeBatch(bytes: Uint8Array, maxMessages: number): BatchMessage[] {
  const input = reader(bytes, WHAT);
  const messages: BatchMessage[] = [];
  while (input.remaining > 0) {
    if (messages.length >= maxMessages) {
      throw new Fault("undecodable", `Cannot decode ${WHAT}: it has more than ${maxMessages} messages`);
    }
    const before = input.remaining;
    const size = input.i32();
    input.take(8);
    const message = {
      flag: input.i32(),
      body: input.take(input.i32()),
      properties: propertiesFromText(toText(input.take(input.i16()))),
    };
    const read = before - input.remaining;
    if (read !== size) throw new Fault("undecodable", `Cannot decode ${WHAT}: ${read} bytes, ${size} announced`);
    messages.push(message);
  }
  return messages;
}
