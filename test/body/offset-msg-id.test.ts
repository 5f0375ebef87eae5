import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { OFFSET_MSG_ID, offsetMsgId, parseOffsetMsgId } from "../../src/body/offset-msg-id.ts";
import { ipText } from "../../src/bytes/ip.ts";
import { int64 } from "../../src/json/value.ts";
import { samplesIn } from "../golden/samples.ts";

interface Sample {
  readonly id: string;
  readonly host: string;
  readonly offset: string;
  readonly offsetMsgId: string;
}
const samples = ((await samplesIn("frames.json")) as unknown as Sample[]).filter(({ id }) =>
  /^(offset-msg-id|msgid)-/.test(id),
);

describe("an offset message id", () => {
  test.each(samples)("is that of Java: $id", ({ host, offset, offsetMsgId: id }) => {
    const place = { address: host, commitLogOffset: int64(offset) };
    expect(offsetMsgId(place)).toBe(id);
    expect(parseOffsetMsgId(id)).toEqual(place);
    expect(parseOffsetMsgId(id.toLowerCase())).toEqual(place);
  });

  test("is there with addresses of both kinds", () => {
    expect(new Set(samples.map(({ offsetMsgId: id }) => id.length))).toEqual(new Set([32, 56]));
  });

  test("says any place, and any id of its form says one", () => {
    const sixth = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((ip) => `[${ipText(ip)}]`);
    const host = fc.oneof(fc.ipV4(), sixth);
    const offset = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(host, fc.integer({ min: 1, max: 65_535 }), offset, (host, port, offset) => {
        const place = { address: `${host}:${port}`, commitLogOffset: int64(offset) };
        expect(offsetMsgId(place)).toMatch(new RegExp(OFFSET_MSG_ID));
        expect(parseOffsetMsgId(offsetMsgId(place))).toEqual(place);
      }),
    );
    const hex = fc.string({ unit: fc.constantFrom(..."0123456789abcdefABCDEF"), minLength: 32, maxLength: 32 });
    fc.assert(fc.property(hex, (id) => expect(parseOffsetMsgId(id).address).toContain(":")));
  });

  test.each(["", "7F", "7F00000100002A9F00000000000000FG", `${"0".repeat(32)}\n`, "0".repeat(40), "0".repeat(58)])(
    "isn't %j",
    (id) => expect(() => parseOffsetMsgId(id)).toThrow("Cannot read message id"),
  );

  test.each(["10.0.0.1", "10.0.0.1:", "10.0.0.1:65536", "::1:80", "[10.0.0.1]:80", "broker:80", "[::1", ""])(
    "can't be made of %j",
    (address) => expect(() => offsetMsgId({ address, commitLogOffset: 0 })).toThrow("Cannot read"),
  );
});
