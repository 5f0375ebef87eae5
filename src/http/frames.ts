import { fromBase64, toBase64 } from "../bytes/base64.ts";
import { fromHex, toHex } from "../bytes/hex.ts";
import { utf8 } from "../bytes/utf8.ts";
import { isServedAt } from "../commands/command.ts";
import { commandsOf } from "../commands/index.ts";
import { Fault } from "../errors.ts";
import { limits } from "../limits.ts";
import { Int32, type Static, Type } from "../schema/types.ts";
import { annotateFrame } from "../wire/annotate.ts";
import { decodeFrame, encodeFrame, type Frame, LENGTH_BYTES } from "../wire/frame.ts";
import { frameCutter } from "../wire/frame-cutter.ts";
import { isResponse, type RemotingCommand } from "../wire/remoting-command.ts";
import { CommandJson, commandJson } from "./command-json.ts";
import { DecodedBody, decodedBody } from "./decoded-body.ts";
import { Annotation } from "./manner.ts";
import type { BodySpec } from "./route.ts";

const { body, bodyBase64, codeName, ...header } = CommandJson.properties;

/** A command as a frame carries it, without what is not on the wire. */
const Header = Type.Object(
  { ...Type.Partial(Type.Object(header)).properties, code: header.code },
  { additionalProperties: false },
);

const SerializeType = Type.Union([Type.Literal("JSON"), Type.Literal("ROCKETMQ")]);

/** One frame, decoded. */
export const FrameItem = Type.Object({
  length: Int32("bytes behind the length field"),
  serializeType: SerializeType,
  headerLength: Int32("bytes of the header"),
  command: Type.Object({ codeName, ...header }),
  body,
  bodyBase64,
  decodedBody: DecodedBody,
  fields: Type.Array(Annotation, { description: "the frame field by field" }),
});
export type FrameItem = Static<typeof FrameItem>;

/** What a frame is made of: such an item, where everything that follows from the rest may be left out. */
export const FrameInput = Type.Object(
  {
    ...Type.Partial(FrameItem).properties,
    command: Type.Object({ ...Header.properties, codeName: Type.Optional(codeName) }, { additionalProperties: false }),
  },
  { additionalProperties: false, examples: [{ serializeType: "JSON", command: { code: 106 } }] },
);
export type FrameInput = Static<typeof FrameInput>;

const hex = Type.String({ description: "the bytes in hexadecimal; blanks and line ends are skipped" });
const base64 = Type.String({ description: "the bytes in base64" });
const Bytes = Type.Object(
  { hex: Type.Optional(hex), base64: Type.Optional(base64) },
  { additionalProperties: false, examples: [{ hex: "00000010 0000000c 7b22636f6465223a3130367d" }] },
);
/** Encoded bytes in both forms. */
export const EncodedFrame = Type.Object({ hex, base64, length: Int32("bytes of the frame, length field included") });

/** The bytes of frames, stated one way or another. */
export interface StatedBytes {
  readonly hex?: string;
  readonly base64?: string;
  readonly bytes?: Uint8Array;
}

/** A body that states them. */
export const framesInput: BodySpec<StatedBytes> = { schema: Bytes, fromBytes: (bytes) => ({ bytes }) };

/** The bytes that are stated. Throws `invalid-argument` where they are not, or twice. */
export function statedBytes({ hex, base64, bytes }: StatedBytes): Uint8Array {
  if (bytes) return bytes;
  if (hex !== undefined && base64 === undefined) return fromHex(hex);
  if (base64 !== undefined && hex === undefined) return fromBase64(base64);
  throw new Fault("invalid-argument", "Cannot decode frames: state the bytes as hex or as base64, one of the two");
}

/** Decodes one frame or several that follow one another. Throws `invalid-argument` where a frame is none, or is cut off. */
export function decodeFrames(bytes: Uint8Array): FrameItem[] {
  const cutter = frameCutter(limits.maxFrameBytes);
  try {
    const items = [...cutter.push(bytes)].map(frameItem);
    if (cutter.buffered === 0 && items.length > 0) return items;
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    throw new Fault("invalid-argument", cause.message, { cause });
  }
  throw new Fault("invalid-argument", `Cannot decode frames: the last one is cut off after ${cutter.buffered} bytes`);
}

function frameItem(content: Uint8Array): FrameItem {
  const { serializeType, command } = decodeFrame(content);
  const frame = new Uint8Array(LENGTH_BYTES + content.length);
  new DataView(frame.buffer).setInt32(0, content.length);
  frame.set(content, LENGTH_BYTES);
  const nameOf = (code: number) => commandsOf(code).at(-1)?.name ?? null;
  const { body, bodyBase64, ...shown } = commandJson(command, nameOf);
  return {
    length: content.length,
    serializeType,
    headerLength: content.length - LENGTH_BYTES - (command.body?.length ?? 0),
    command: shown,
    ...(body !== undefined && { body }),
    ...(bodyBase64 !== undefined && { bodyBase64 }),
    ...decodedRequest(command),
    fields: annotateFrame(frame),
  };
}

/** What the body of a request says; an answer doesn't tell what it answers. */
function decodedRequest(command: RemotingCommand): Pick<FrameItem, "decodedBody"> {
  if (isResponse(command)) return {};
  const meanings = commandsOf(command.code).filter(({ request }) => request.body);
  const meant = meanings.find((each) => isServedAt(each, "name-server", command.version)) ?? meanings.at(-1);
  return decodedBody(meant?.request, command);
}

/** Encodes a frame. Throws `invalid-argument` where it states two bodies, or what its header can't carry. */
export function encodeItem({ serializeType = "JSON", command, body, bodyBase64 }: FrameInput): Uint8Array<ArrayBuffer> {
  const { code, language = "OTHER", version = 0, opaque = 0, flag = 0, remark = null, extFields = null } = command;
  const bytes = bodyOf(body, bodyBase64);
  const frame: Frame = {
    serializeType,
    command: { code, language, version, opaque, flag, remark, extFields, body: bytes },
  };
  return encodeFrame(frame, limits.maxFrameBytes);
}

/** The bytes of a body that is stated as text or in base64, null where it is neither. */
export function bodyOf(body: string | undefined, bodyBase64: string | undefined): Uint8Array | null {
  if (body !== undefined && bodyBase64 !== undefined) {
    throw new Fault("invalid-argument", "Cannot take the body: it is stated twice, as body and as bodyBase64");
  }
  if (bodyBase64 !== undefined) return fromBase64(bodyBase64);
  return body === undefined ? null : utf8(body);
}

/** How encoded bytes are shown. */
export function encodedJson(bytes: Uint8Array) {
  return { hex: toHex(bytes), base64: toBase64(bytes), length: bytes.length };
}
