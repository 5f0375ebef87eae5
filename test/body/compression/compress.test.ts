import { expect, test } from "bun:test";
import { inflateSync } from "node:zlib";
import { compressBody } from "../../../src/body/compression/compress.ts";
import { decompress } from "../../../src/body/compression/decompress.ts";
import { encoded } from "../golden.ts";

test("a body is sent as a zlib stream under bit 1 alone", () => {
  const plain = encoded("region-1 ".repeat(500));
  const { body, sysFlag } = compressBody(plain);
  expect(sysFlag).toBe(1);
  expect(Uint8Array.from(inflateSync(body))).toEqual(plain);
  expect(decompress(body, 0, plain.length)).toEqual(plain);
});

test.each([new Uint8Array(), encoded("short"), crypto.getRandomValues(new Uint8Array(5_000))])(
  "a body that doesn't get shorter stays as it is",
  (plain) => expect(compressBody(plain)).toEqual({ body: plain, sysFlag: 0 }),
);
