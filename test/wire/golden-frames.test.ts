import { describe, expect, test } from "bun:test";
import { limits } from "../../src/limits.ts";
import { decodeFrame, encodeFrame } from "../../src/wire/frame.ts";
import type { RemotingCommand } from "../../src/wire/remoting-command.ts";
import { type GoldenFrame, goldenFrames, otherSamples } from "./golden.ts";

/** Frames that don't come back byte for byte from what was read of them, and how many bytes are missing then. */
const lossy: Readonly<Record<string, { readonly bytes: number; readonly why: string }>> = {
  "extfields-empty-value-rocketmq-4.9.7": {
    bytes: 15,
    why: "Java reads the empty namespace as null: it is absent here",
  },
  "extfields-empty-value-rocketmq-5.5.0": {
    bytes: 15,
    why: "Java reads the empty namespace as null: it is absent here",
  },
};

/** Frames that Java writes and we refuse to. */
const refused: Readonly<Record<string, string>> = {
  "big-code-rocketmq-4.9.7": "code 200050 does not fit in 16 bits",
  "big-code-rocketmq-5.5.0": "code 200050 does not fit in 16 bits",
};

/** Samples of frames.json that are no frames, by the beginning of their id. */
const otherRooms: Readonly<Record<string, string>> = {
  "crc32-": "test/bytes/crc32.test.ts",
  "register-body-inflated-": "test/body/register-broker.test.ts",
  "stored-": "test/body/stored-message.test.ts",
  "store-encoder-": "test/body/stored-message.test.ts",
  "inner-batch-": "test/body/stored-message.test.ts",
  "compressed-": "test/body/compression/java.test.ts",
  "offset-msg-id-": "test/body/offset-msg-id.test.ts",
  "msgid-": "test/body/offset-msg-id.test.ts",
  "properties-": "test/body/message-properties.test.ts",
  "reserved-properties-": "test/body/message-properties.test.ts",
  "batch-body-": "test/body/message-batch.test.ts",
  "acl-": "no signatures yet",
};

/** What Java read, in our form: an absent field has no entry. */
function readByJava({ decodedByJava, body }: GoldenFrame): RemotingCommand {
  const { bodyIsNull, extFields, ...header } = decodedByJava;
  const entries = extFields && Object.entries(extFields).filter(([, value]) => value !== null);
  return { ...header, extFields: entries && (Object.fromEntries(entries) as Record<string, string>), body };
}

test("every sample of frames.json has its place", () => {
  expect(goldenFrames.length).toBe(119);
  const homeless = otherSamples.filter(({ id }) => !Object.keys(otherRooms).some((start) => id.startsWith(start)));
  expect(homeless.map(({ id }) => id)).toEqual([]);
});

describe("a frame of Java", () => {
  for (const frame of goldenFrames) {
    const { id, bytes, serializeType, command } = frame;
    const missing = lossy[id]?.bytes ?? 0;

    test(`${id} decodes to what Java reads and goes back as it was`, () => {
      expect(frame.body === null).toBe(frame.decodedByJava.bodyIsNull);
      const decoded = decodeFrame(bytes.subarray(4));
      expect(decoded).toEqual({ serializeType, command: readByJava(frame) });
      const encoded = encodeFrame(decoded, limits.maxFrameBytes);
      if (missing === 0) expect<Uint8Array>(encoded).toEqual(bytes);
      expect(encoded.length).toBe(bytes.length - missing);
      expect(decodeFrame(encoded.subarray(4))).toEqual(decoded);
    });

    // The fields stand in another order than in Java's HashMap, so lengths are compared, and what is read back.
    test(`${id} is written as long as by Java, and means the same`, () => {
      const encode = () =>
        encodeFrame({ serializeType, command: { ...command, body: frame.body } }, limits.maxFrameBytes);
      const reason = refused[id];
      if (reason !== undefined) return expect(encode).toThrow(reason);
      const encoded = encode();
      expect(encoded.length).toBe(bytes.length);
      expect(decodeFrame(encoded.subarray(4))).toEqual(decodeFrame(bytes.subarray(4)));
    });
  }
});
