import { int32At, setInt32 } from "../bytes/int32.ts";
import { Fault } from "../errors.ts";
import { decodeJsonHeader, encodeJsonHeader } from "./json-header.ts";
import type { RemotingCommand } from "./remoting-command.ts";
import { decodeRocketmqHeader, encodeRocketmqHeader } from "./rocketmq-header.ts";

/*
 *   0            4                5                     8
 *   +------------+----------------+---------------------+--------------------+------------------+
 *   | length     | serialize type | header length       | header             | body             |
 *   | int32      | 1 byte         | 3 bytes             | header length      | the rest         |
 *   +------------+----------------+---------------------+--------------------+------------------+
 *    length counts everything behind itself. 3.2.6 has no serialize type: it reads 4 bytes of header length.
 */

/** How a header is written; the number is the frame's type byte (SerializeType). */
export const serializeTypes = { JSON: 0, ROCKETMQ: 1 } as const;
export type SerializeType = keyof typeof serializeTypes;

const codecs = {
  JSON: { encode: encodeJsonHeader, decode: decodeJsonHeader },
  ROCKETMQ: { encode: encodeRocketmqHeader, decode: decodeRocketmqHeader },
} as const;

export const LENGTH_BYTES = 4;
const PREFIX_BYTES = 8;
const MAX_HEADER_BYTES = 0xffffff;

/** A command with the serialization that its frame had. */
export interface Frame {
  readonly serializeType: SerializeType;
  readonly command: RemotingCommand;
}

/**
 * Encodes a whole frame, length field included. Throws `too-large` when it has more than `maxFrameBytes`, which is
 * counted as servers do, with the length field, or a header whose length does not fit in 24 bits; `invalid-argument`
 * when the header can't carry the command.
 */
export function encodeFrame({ serializeType, command }: Frame, maxFrameBytes: number): Uint8Array<ArrayBuffer> {
  const header = codecs[serializeType].encode(command);
  const { body } = command;
  const total = PREFIX_BYTES + header.length + (body?.length ?? 0);
  if (total > maxFrameBytes) {
    throw new Fault("too-large", `Cannot encode frame: ${total} bytes, of ${maxFrameBytes} that the server takes`);
  }
  if (header.length > MAX_HEADER_BYTES) {
    throw new Fault("too-large", `Cannot encode frame: a header of ${header.length} bytes, of ${MAX_HEADER_BYTES}`);
  }
  const frame = new Uint8Array(total);
  setInt32(frame, 0, total - LENGTH_BYTES);
  setInt32(frame, LENGTH_BYTES, (serializeTypes[serializeType] << 24) | header.length);
  frame.set(header, PREFIX_BYTES);
  if (body) frame.set(body, PREFIX_BYTES + header.length);
  return frame;
}

/** Decodes what stands behind the length field of one frame. Its body is a view of the bytes given. */
export function decodeFrame(bytes: Uint8Array): Frame {
  if (bytes.length < PREFIX_BYTES - LENGTH_BYTES) {
    throw new Fault("undecodable", `Cannot decode frame: ${bytes.length} bytes are too few for a header length`);
  }
  const word = int32At(bytes, 0);
  const serializeType = serializeTypeOf(word >>> 24);
  const bodyAt = PREFIX_BYTES - LENGTH_BYTES + (word & MAX_HEADER_BYTES);
  if (bodyAt > bytes.length) {
    throw new Fault(
      "undecodable",
      `Cannot decode frame: a header of ${word & MAX_HEADER_BYTES} bytes in ${bytes.length}`,
    );
  }
  const header = codecs[serializeType].decode(bytes.subarray(PREFIX_BYTES - LENGTH_BYTES, bodyAt));
  const body = bodyAt === bytes.length ? null : bytes.subarray(bodyAt);
  return { serializeType, command: { ...header, body } };
}

function serializeTypeOf(byte: number): SerializeType {
  if (byte === serializeTypes.JSON) return "JSON";
  if (byte === serializeTypes.ROCKETMQ) return "ROCKETMQ";
  throw new Fault("undecodable", `Cannot decode frame: unknown serialize type ${byte}`);
}
