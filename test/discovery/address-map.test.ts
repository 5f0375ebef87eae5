import { describe, expect, test } from "bun:test";
import { parseAddressMap } from "../../src/discovery/address-map.ts";
import { Fault } from "../../src/errors.ts";

const cases: readonly (readonly [map: string, registered: string, dialled: string])[] = [
  ["10.1.0.5:10911=127.0.0.1:10911", "10.1.0.5:10911", "127.0.0.1:10911"],
  ["10.1.0.5:10911=127.0.0.1:10911", "10.1.0.5:10912", "10.1.0.5:10912"],
  ["10.1.0.5:10911=127.0.0.1:10911", "110.1.0.5:10911", "110.1.0.5:10911"],
  ["10.1.0.5:10911=127.0.0.1:10911", "1001.0.5:10911", "1001.0.5:10911"],
  ["10.2.*:10911=proxy.local:*", "10.2.3.4:10911", "proxy.local:10911"],
  ["10.2.*:10911=proxy.local:*", "10.20.3.4:10911", "10.20.3.4:10911"],
  ["10.*.0.5:*=*:20911", "10.7.0.5:10911", "10.7.0.5:20911"],
  ["*:10911=*:20911", "b.internal:10911", "b.internal:20911"],
  ["*:*=127.0.0.1:*", "b.internal:10921", "127.0.0.1:10921"],
  ["*.Internal:*=gate:1", "broker-a.INTERNAL:10911", "gate:1"],
  ["broker-*:*=gate:1", "broker-a:10911", "gate:1"],
  ["[fd00::1]:10911=[::1]:*", "[fd00::1]:10911", "[::1]:10911"],
  ["*:*=gate:*", "[fd00::1]:10911", "gate:10911"],
  [" a:1=b:1 , a:*=c:* ", "a:1", "b:1"],
  [" a:1=b:1 , a:*=c:* ", "a:2", "c:2"],
];

describe("an address map", () => {
  test.each(cases)("%s takes %s to %s", (map, registered, dialled) => {
    expect(parseAddressMap(map)(registered)).toBe(dialled);
  });

  test.each(["nonsense", "", "a", "a:x", ":1"])("leaves %j, which no rule fits, as it is", (text) => {
    expect(parseAddressMap("10.*:1=b:2")(text)).toBe(text);
  });

  test.each([
    "",
    "a:1",
    "a:1=",
    "=a:1",
    "a=b:1",
    "a:1=b",
    "a:1=b:1=c:1",
    "a:0=b:1",
    "a:1=b:65536",
    "a:1=b*:1",
    "a b:1=c:1",
    "a:1=b:1,",
    "a:1*=b:1",
  ])("is not %j", (text) => {
    expect(() => parseAddressMap(text)).toThrow(Fault);
  });
});
