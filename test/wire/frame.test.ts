import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Fault, type FaultName } from "../../src/errors.ts";
import { decodeFrame, encodeFrame, type Frame, type SerializeType, serializeTypes } from "../../src/wire/frame.ts";
import type { RemotingCommand } from "../../src/wire/remoting-command.ts";

const command: RemotingCommand = {
  code: 106,
  language: "HTTP",
  version: 78,
  opaque: 1,
  flag: 0,
  remark: null,
  extFields: {},
  body: null,
};
const everyType: readonly SerializeType[] = ["JSON", "ROCKETMQ"];

function faultOf(work: () => unknown): { fault: FaultName; message: string; hint: string | undefined } {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return { fault: error.fault, message: error.message, hint: error.options.hint };
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("the frame limit counts the length field", () => {
  for (const serializeType of everyType) {
    const frame = { serializeType, command: { ...command, body: new Uint8Array(100) } };
    const { length } = encodeFrame(frame, 1_000);

    test(`${serializeType}: so many bytes pass, one less is too large`, () => {
      expect(encodeFrame(frame, length).length).toBe(length);
      expect(faultOf(() => encodeFrame(frame, length - 1))).toEqual({
        fault: "too-large",
        message: `Cannot encode frame: ${length} bytes, of ${length - 1} that the server takes`,
        hint: undefined,
      });
    });
  }

  test("a header that doesn't fit in its 24 bits of length is too large, whatever the limit", () => {
    const frame: Frame = { serializeType: "JSON", command: { ...command, remark: "x".repeat(2 ** 24) } };
    const { fault, message } = faultOf(() => encodeFrame(frame, 2 ** 26));
    expect(fault).toBe("too-large");
    expect(message).toMatch(/^Cannot encode frame: a header of 167\d+ bytes, of 16777215$/);
  });
});

describe("what the ROCKETMQ header can't carry is refused, never truncated", () => {
  const encode = (changes: Partial<RemotingCommand>) => () =>
    encodeFrame({ serializeType: "ROCKETMQ", command: { ...command, ...changes } }, 1_000_000);

  test("code 200050, which Java sends as 3442", () => {
    expect(faultOf(encode({ code: 200_050 }))).toEqual({
      fault: "invalid-argument",
      message: "Cannot encode ROCKETMQ header: code 200050 does not fit in 16 bits",
      hint: "Send it with a JSON header.",
    });
  });

  test.each([
    [{ code: 32_768 }, "code 32768 does not fit in 16 bits"],
    [{ code: -32_769 }, "code -32769 does not fit in 16 bits"],
    [{ version: 32_768 }, "version 32768 does not fit in 16 bits"],
    [{ version: -32_769 }, "version -32769 does not fit in 16 bits"],
    [{ language: "TYPESCRIPT" }, "language TYPESCRIPT has no byte"],
    [{ language: "" }, "language  has no byte"],
    [{ language: "256" }, "language 256 has no byte"],
    [{ extFields: { ["k".repeat(32_768)]: "v" } }, "a field name of 32768 bytes"],
  ])("%o", (changes, reason) => expect(encode(changes)).toThrow(`Cannot encode ROCKETMQ header: ${reason}`));

  test.each([
    { code: 32_767, version: 32_767 },
    { code: -32_768, version: -32_768 },
    { extFields: { ["k".repeat(32_767)]: "v" } },
  ])("the extremes pass: %#", (changes) => {
    expect(decodeFrame(encode(changes)().subarray(4)).command).toMatchObject(changes);
  });
});

describe("both headers", () => {
  const int16 = fc.integer({ min: -32_768, max: 32_767 });
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
  const commands = fc.record({
    code: int16,
    language: fc.oneof(fc.constantFrom("JAVA", "HTTP", "NODE_JS"), fc.integer({ min: 14, max: 255 }).map(String)),
    version: int16,
    opaque: fc.integer(),
    flag: fc.integer(),
    remark: fc.option(text),
    extFields: fc.option(fc.dictionary(text, text, { minKeys: 1, noNullPrototype: true })),
    body: fc.option(fc.uint8Array({ minLength: 1, maxLength: 50 })),
  });

  for (const serializeType of everyType) {
    test(`${serializeType}: what is encoded decodes to the same`, () => {
      fc.assert(
        fc.property(commands, (command) => {
          const frame = { serializeType, command };
          const bytes = encodeFrame(frame, 1_000_000);
          expect(new DataView(bytes.buffer).getUint32(0)).toBe(bytes.length - 4);
          expect(bytes[4]).toBe(serializeTypes[serializeType]);
          expect(decodeFrame(bytes.subarray(4))).toEqual(frame);
        }),
        { numRuns: 300 },
      );
    });

    test(`${serializeType}: every language byte goes through unharmed`, () => {
      for (let byte = 0; byte <= 255; byte++) {
        const header = Uint8Array.of(0, 106, byte, 0, 78, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        const known = decodeFrame(Uint8Array.of(1, 0, 0, 21, ...header)).command;
        const encoded = encodeFrame({ serializeType, command: known }, 1_000);
        const again = decodeFrame(encoded.subarray(4)).command;
        expect(again).toEqual(known);
        expect(encodeFrame({ serializeType: "ROCKETMQ", command: again }, 1_000).subarray(8)).toEqual(header);
      }
    });
  }

  test("a body is a view, and null when there are no bytes", () => {
    const encode = (body: Uint8Array | null) =>
      encodeFrame({ serializeType: "JSON", command: { ...command, body } }, 1_000);
    const bytes = encode(Uint8Array.of(1, 2));
    expect(decodeFrame(bytes.subarray(4)).command.body?.buffer).toBe(bytes.buffer);
    for (const body of [null, new Uint8Array(0)]) expect(decodeFrame(encode(body).subarray(4)).command.body).toBe(null);
  });
});

describe("broken frames are undecodable", () => {
  test.each([
    [[], "0 bytes are too few for a header length"],
    [[0, 0, 0], "3 bytes are too few for a header length"],
    [[2, 0, 0, 0], "unknown serialize type 2"],
    [[255, 0, 0, 0], "unknown serialize type 255"],
    [[0, 0, 0, 1], "a header of 1 bytes in 4"],
    [[1, 255, 255, 255, 0], "a header of 16777215 bytes in 5"],
  ])("%p", (bytes, reason) => {
    const { fault, message } = faultOf(() => decodeFrame(Uint8Array.from(bytes)));
    expect(fault).toBe("undecodable");
    expect(message).toBe(`Cannot decode frame: ${reason}`);
  });
});

test("the type bytes are those of Java", async () => {
  const types = (await Bun.file(new URL("../golden/serialize-types.json", import.meta.url)).json()) as object;
  expect(types).toMatchObject({ "4.9.7": serializeTypes, "5.5.0": serializeTypes });
});
