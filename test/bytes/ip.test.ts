import { describe, expect, test } from "bun:test";
import { isIP } from "node:net";
import fc from "fast-check";
import { ipBytes, ipText } from "../../src/bytes/ip.ts";
import { Fault } from "../../src/errors.ts";

describe("an IP address", () => {
  test.each([
    ["10.0.0.1", "0a000001"],
    ["255.255.255.255", "ffffffff"],
    ["::", "00".repeat(16)],
    ["::1", `${"00".repeat(15)}01`],
    ["2001:db8::1", "20010db8000000000000000000000001"],
    // RFC 5952: the first of the longest runs is left out, and no single group.
    ["2001:0:0:1::1", "20010000000000010000000000000001"],
    ["2001:db8::1:0:0:1", "20010db8000000000001000000000001"],
    ["2001:db8:0:1:1:1:1:1", "20010db8000000010001000100010001"],
    ["1:2:3:4:5:6:7:8", "00010002000300040005000600070008"],
    ["fe80::", `fe80${"00".repeat(14)}`],
  ])("%s", (text, hex) => {
    expect(ipText(Uint8Array.fromHex(hex))).toBe(text);
    expect(ipBytes(text).toHex()).toBe(hex);
  });

  test.each([
    ["2001:DB8:0:0:0:0:0:1", "20010db8000000000000000000000001"],
    ["::ffff:10.0.0.1", "00000000000000000000ffff0a000001"],
    ["1:2:3:4:5:6:10.0.0.1", "0001000200030004000500060a000001"],
  ])("may be written otherwise: %s", (text, hex) => expect(ipBytes(text).toHex()).toBe(hex));

  test("of any bytes has a text that says them, as short as a URL has it", () => {
    const address = fc.oneof(
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.array(fc.constantFrom(0, 0, 0, 1, 0xab, 0xcdef), { minLength: 8, maxLength: 8 }).map((groups) => {
        return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
      }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
    );
    fc.assert(
      fc.property(address, (bytes) => {
        const text = ipText(bytes);
        expect(ipBytes(text)).toEqual(bytes);
        if (bytes.length === 16) expect(`[${text}]`).toBe(new URL(`http://[${text}]`).hostname);
      }),
    );
  });

  test("is told from every other text as Node tells it", () => {
    const text = fc.string({ unit: fc.constantFrom("0", "1", "f", "g", ".", ":", "::", "255", "256"), maxLength: 12 });
    fc.assert(
      fc.property(fc.oneof(text, fc.ipV4(), fc.ipV6()), (text) => {
        let length = 0;
        try {
          ({ length } = ipBytes(text));
        } catch (error) {
          expect(error instanceof Fault && error.fault).toBe("invalid-argument");
        }
        expect(length).toBe({ 0: 0, 4: 4, 6: 16 }[isIP(text)] as number);
      }),
      { numRuns: 2_000 },
    );
  });
});
