import { describe, expect, test } from "bun:test";
import { decodeJsonHeader, encodeJsonHeader } from "../../src/wire/json-header.ts";
import type { RemotingCommand } from "../../src/wire/remoting-command.ts";

const decode = (text: string) => decodeJsonHeader(new TextEncoder().encode(text));
const defaults = { code: 0, language: "JAVA", version: 0, opaque: 0, flag: 0, remark: null, extFields: null };

describe("a JSON header is read as leniently as by Java", () => {
  const cases: [text: string, differing: object][] = [
    ["{}", {}],
    ['{"code":106,"opaque":-5,"flag":3,"version":513}', { code: 106, opaque: -5, flag: 3, version: 513 }],
    ['{"code":"106","opaque":"+7","flag":1}', { code: 106, opaque: 7, flag: 1 }],
    ['{"opaque":5.0,"version":1e2}', { opaque: 5, version: 100 }],
    ['{"opaque":-2147483648,"flag":2147483647}', { opaque: -2147483648, flag: 2147483647 }],
    ['{"opaque":-0}', { opaque: 0 }],
    ['{"code":null,"language":null,"remark":null,"extFields":null}', {}],
    ['{"language":"TYPESCRIPT"}', { language: "TYPESCRIPT" }],
    ['{"language":12}', { language: "RUST" }],
    ['{"language":99}', { language: "99" }],
    ['{"language":{}}', {}],
    ['{"remark":""}', { remark: "" }],
    ['{"remark":5}', { remark: "5" }],
    ['{"remark":{"a":[1,null]}}', { remark: '{"a":[1,null]}' }],
    ['{"extFields":{}}', { extFields: {} }],
    ['{"extFields":{"a":"1","b":""}}', { extFields: { a: "1", b: "" } }],
    ['{"extFields":{"n":7,"b":true,"x":null,"o":{"k":[1]}}}', { extFields: { n: "7", b: "true", o: '{"k":[1]}' } }],
    ['{"extFields":{"offset":9007199254740993}}', { extFields: { offset: "9007199254740993" } }],
    ['{"serializeTypeCurrentRPC":"ROCKETMQ","other":[1,{"a":null}]}', {}],
    [' {\n "code" : 1 }\t', { code: 1 }],
  ];
  for (const [text, differing] of cases) {
    test(JSON.stringify(text), () => expect(decode(text)).toEqual({ ...defaults, ...differing }));
  }
});

describe("what Java closes the connection for is undecodable", () => {
  test.each([
    ["", ""],
    ["[]", "not an object"],
    ["null", "not an object"],
    ['"a"', "not an object"],
    ["5", "not an object"],
    ['{"code":1', ""],
    ["{'code':1}", ""],
    ['\ufeff{"code":1}', ""],
    ['{"opaque":2147483648}', "opaque is not a 32-bit integer"],
    ['{"opaque":-2147483649}', "opaque is not a 32-bit integer"],
    ['{"opaque":9007199254740993,"remark":1}', "opaque is not a 32-bit integer"],
    ['{"opaque":1.5}', "opaque is not a 32-bit integer"],
    ['{"opaque":1e400}', "opaque is not a 32-bit integer"],
    ['{"code":"1x"}', "code is not a 32-bit integer"],
    ['{"code":"0x10"}', "code is not a 32-bit integer"],
    ['{"code":" 1"}', "code is not a 32-bit integer"],
    ['{"code":""}', "code is not a 32-bit integer"],
    ['{"code":"99999999999"}', "code is not a 32-bit integer"],
    ['{"version":true}', "version is not a 32-bit integer"],
    ['{"flag":[]}', "flag is not a 32-bit integer"],
    ['{"extFields":[]}', "extFields is not an object"],
    ['{"extFields":"a"}', "extFields is not an object"],
  ])("%p", (text, reason) => expect(() => decode(text)).toThrow(`Cannot decode JSON header: ${reason}`));

  test("bytes that are not UTF-8", () => {
    const bytes = Uint8Array.from(Buffer.from('{"remark":"\xff"}', "latin1"));
    expect(() => decodeJsonHeader(bytes)).toThrow("Cannot decode JSON header: not UTF-8");
  });

  test("an object in place of a text that nests too deep", () => {
    const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
    expect(decode(`{"remark":${deep(200)}}`).remark).toBe(deep(200));
    for (const text of [`{"remark":${deep(50_000)}}`, `{"extFields":{"a":${deep(50_000)}}}`]) {
      expect(() => decode(text)).toThrow("more than 256 levels");
    }
  });
});

describe("a JSON header is written as by Java", () => {
  const command: RemotingCommand = { ...defaults, code: 1, language: "HTTP", version: 78, body: null };
  const text = (changes: Partial<RemotingCommand>) =>
    new TextDecoder().decode(encodeJsonHeader({ ...command, ...changes }));

  test("members by name, without those that are null", () => {
    expect(text({})).toBe('{"code":1,"flag":0,"language":"HTTP","opaque":0,"version":78}');
    expect(text({ remark: "", extFields: { b: "2", a: "1" } })).toBe(
      '{"code":1,"extFields":{"b":"2","a":"1"},"flag":0,"language":"HTTP","opaque":0,"remark":"","version":78}',
    );
  });

  test.each([
    [78, false],
    [212, false],
    [213, true],
    [513, true],
  ])("version %d names its serialization: %p", (version, named) => {
    expect(text({ version }).includes('"serializeTypeCurrentRPC":"JSON"')).toBe(named);
  });
});

describe("names of Object.prototype", () => {
  const fields = '{"__proto__":"a","constructor":"b","toString":"c","hasOwnProperty":"d"}';

  test.each([fields, fields.replace('"a"', '{"polluted":1}')])("are ordinary fields: %s", (text) => {
    const { extFields } = decode(`{"extFields":${text}}`);
    expect(Object.keys(extFields ?? {})).toEqual(["__proto__", "constructor", "toString", "hasOwnProperty"]);
    expect(Object.getPrototypeOf(extFields)).toBe(Object.prototype);
    expect(JSON.parse(new TextDecoder().decode(encodeJsonHeader({ ...defaults, extFields, body: null })))).toEqual(
      JSON.parse(
        `{"code":0,"flag":0,"language":"JAVA","opaque":0,"version":0,"extFields":${JSON.stringify(extFields)}}`,
      ),
    );
  });

  test("pollute nothing where members are expected", () => {
    expect(decode('{"__proto__":{"code":5,"remark":"r"},"constructor":{"prototype":{"polluted":1}}}')).toEqual(
      defaults,
    );
    expect("polluted" in {}).toBe(false);
    expect("code" in {}).toBe(false);
  });
});
