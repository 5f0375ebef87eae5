import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Fault } from "../../src/errors.ts";
import { limits } from "../../src/limits.ts";
import { decodeFrame, encodeFrame } from "../../src/wire/frame.ts";
import { frameCutter } from "../../src/wire/frame-cutter.ts";
import { goldenFrames } from "./golden.ts";

/** Decodes what decodes; anything thrown must be the one fault, and what was read must be of the right types. */
function decodeOrFault(bytes: Uint8Array): boolean {
  try {
    const { command } = decodeFrame(bytes);
    for (const name of ["code", "version", "opaque", "flag"] as const) expect(command[name]).toBe(command[name] | 0);
    expect(command.language).toBeString();
    expect(command.remark ?? "").toBeString();
    for (const value of Object.values(command.extFields ?? {})) expect(value).toBeString();
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(Fault);
    expect((error as Fault).fault).toBe("undecodable");
    expect((error as Fault).message).toStartWith("Cannot ");
    return false;
  }
}

describe("nothing but an undecodable fault is thrown", () => {
  test("whatever the bytes of a frame", () => {
    const typed = fc
      .tuple(fc.constantFrom(0, 1, 2), fc.nat(80), fc.uint8Array({ maxLength: 80 }))
      .map(([type, length, rest]) => Uint8Array.of(type, 0, 0, Math.min(length, rest.length), ...rest));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), typed), (bytes) => void decodeOrFault(bytes)),
      {
        numRuns: 2_000,
      },
    );
  });

  test("however a golden frame is changed", () => {
    const change = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.boolean() });
    let decoded = 0;
    fc.assert(
      fc.property(
        fc.nat(goldenFrames.length - 1),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        (index, changes) => {
          let bytes = Uint8Array.from(goldenFrames[index]?.bytes.subarray(4) ?? []);
          for (const { at, byte, cut } of changes) {
            if (cut) bytes = bytes.subarray(0, 1 + (at % bytes.length));
            else bytes[at % bytes.length] = byte;
          }
          if (decodeOrFault(bytes)) decoded++;
        },
      ),
      { numRuns: 3_000 },
    );
    // Both outcomes must be among them, or the test shows little.
    expect(decoded).toBeGreaterThan(30);
    expect(decoded).toBeLessThan(2_970);
  });

  test("whatever the members of a JSON header", () => {
    const names = ["code", "language", "version", "opaque", "flag", "remark", "extFields", "__proto__", "constructor"];
    const header = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true });
    fc.assert(
      fc.property(header, (members) => {
        const text = new TextEncoder().encode(JSON.stringify(members));
        decodeOrFault(Uint8Array.of(0, 0, text.length >> 8, text.length & 255, ...text));
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test("whatever is decoded from a ROCKETMQ frame can be sent on", () => {
    const header = fc
      .uint8Array({ minLength: 13, maxLength: 13 })
      .map((fixed) => Uint8Array.of(...fixed, ...Array(8).fill(0)));
    fc.assert(
      fc.property(header, (bytes) => {
        const frame = decodeFrame(Uint8Array.of(1, 0, 0, 21, ...bytes));
        expect(encodeFrame(frame, 1_000).subarray(8)).toEqual(bytes);
      }),
    );
  });

  test("a stream of random bytes gives frames or the fault", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), (chunks) => {
        const cutter = frameCutter(limits.maxFrameBytes);
        try {
          for (const chunk of chunks) for (const frame of cutter.push(chunk)) decodeOrFault(frame);
        } catch (error) {
          expect(error instanceof Fault && error.fault).toBe("undecodable");
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("a megabyte of it takes no time to speak of", () => {
  const texts: Readonly<Record<string, string>> = {
    "open brackets": '{"a":'.repeat(200_000),
    "a deep member that nobody reads": `{"x":${"[".repeat(500_000)}${"]".repeat(500_000)}}`,
    "a deep remark": `{"remark":${"[".repeat(500_000)}${"]".repeat(500_000)}}`,
    "many fields": `{"extFields":{${Array.from({ length: 60_000 }, (_, i) => `"f${i}":${i}`).join()}}}`,
    "a long number as a text": `{"extFields":{"n":${"7".repeat(1_000_000)}}}`,
    "a long text as a number": `{"code":"${"1".repeat(1_000_000)}"}`,
  };
  for (const [name, text] of Object.entries(texts)) {
    test(name, () => {
      const header = new TextEncoder().encode(text);
      const frame = new Uint8Array(4 + header.length);
      new DataView(frame.buffer).setUint32(0, header.length);
      frame.set(header, 4);
      const startedAt = performance.now();
      decodeOrFault(frame);
      expect(performance.now() - startedAt).toBeLessThan(1_500);
    });
  }

  test("many tiny fields of a ROCKETMQ header", () => {
    const fields = new Uint8Array(1_000_000 - (1_000_000 % 7));
    for (let at = 0; at < fields.length; at += 7) fields[at + 1] = 1;
    const frame = new Uint8Array(4 + 21 + fields.length);
    const view = new DataView(frame.buffer);
    view.setUint32(0, 0x1000000 | (21 + fields.length));
    view.setInt32(4 + 17, fields.length);
    frame.set(fields, 25);
    const startedAt = performance.now();
    expect(decodeOrFault(frame)).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });
});
