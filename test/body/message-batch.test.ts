import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { decodeBatch, encodeBatch } from "../../src/body/message-batch.ts";
import { samplesIn } from "../golden/samples.ts";
import { faultOf } from "./compression/fault.ts";
import { encoded } from "./golden.ts";

interface Sample {
  readonly id: string;
  readonly hex: string;
  readonly messages: readonly {
    readonly flag: number;
    readonly bodyText?: string;
    readonly bodyHex?: string;
    readonly properties: Readonly<Record<string, string>>;
  }[];
}
const samples = ((await samplesIn("frames.json")) as unknown as Sample[])
  .filter(({ id }) => id.startsWith("batch-body-"))
  .map(({ id, hex, messages }) => ({
    id,
    bytes: Uint8Array.fromHex(hex),
    messages: messages.map(({ bodyText, bodyHex, ...rest }) => ({
      ...rest,
      body: bodyText === undefined ? Uint8Array.fromHex(bodyHex ?? "") : encoded(bodyText),
    })),
  }));

describe("a batch", () => {
  test.each(samples)("is read and written as by Java: $id", ({ id, bytes, messages }) => {
    expect(decodeBatch(bytes, 2)).toEqual(messages);
    const written = encodeBatch(messages);
    expect(decodeBatch(written, 2)).toEqual(messages);
    // 4.x leaves out the last separator of each message.
    expect(written.length).toBe(bytes.length + (id.endsWith("4.9.7") ? messages.length : 0));
  });

  test("of both generations is there", () => expect(samples).toHaveLength(2));

  test("of any messages comes back", () => {
    const name = fc
      .string({ minLength: 1, maxLength: 5 })
      .filter((text) => !text.includes("\u0001") && !text.includes("\u0002"));
    const message = fc.record({
      flag: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      body: fc.uint8Array({ maxLength: 300 }),
      properties: fc.dictionary(name, name, { noNullPrototype: true }),
    });
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        expect(decodeBatch(encodeBatch(messages), messages.length)).toEqual(messages);
      }),
    );
  });

  test("may not have more messages than are allowed", () => {
    const bytes = encodeBatch(new Array(3).fill({ flag: 0, body: encoded("x"), properties: {} }));
    expect(faultOf(() => decodeBatch(bytes, 2))).toBe("Cannot decode message batch: it has more than 2 messages");
  });

  test("that is cut off, or has another size than announced, is none", () => {
    const [{ bytes } = { bytes: new Uint8Array() }] = samples;
    const firstEnd = new DataView(bytes.buffer).getInt32(0);
    for (let length = 1; length < bytes.length; length++) {
      if (length === firstEnd) continue;
      expect(faultOf(() => decodeBatch(bytes.subarray(0, length), 9))).toStartWith("Cannot decode message batch: ");
    }
    const other = bytes.slice();
    other[3] = 7;
    expect(faultOf(() => decodeBatch(other, 9))).toMatch(/^Cannot decode message batch: \d+ bytes, 7 announced$/);
  });

  test("of whatever bytes is read, or is the fault", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (noise) => {
        faultOf(() => decodeBatch(noise, 9));
        faultOf(() => decodeBatch(Uint8Array.of(0, 0, 0, 22, ...new Array(12).fill(0), ...noise), 9));
      }),
    );
  });
});
