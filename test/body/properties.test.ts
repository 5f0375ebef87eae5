import { describe, expect, test } from "bun:test";
import { propertiesText } from "../../src/body/properties.ts";
import { samplesIn } from "../golden/samples.ts";
import { contextOf, decoded, encoded } from "./golden.ts";

const context = contextOf("5.5.0");
const write = (properties: Record<string, string>) => decoded(propertiesText.encode(properties, context));
const read = (text: string) => propertiesText.decode(encoded(text), context);

// Each text was loaded by java.util.Properties and gave the properties beside it.
describe("properties are written as Properties.load reads them", () => {
  const cases: [properties: Record<string, string>, text: string][] = [
    [{}, ""],
    [{ plain: "true", empty: "" }, "plain=true\nempty=\n"],
    [{ address: "127.0.0.1:9876;b=c#d!" }, "address=127.0.0.1:9876;b=c#d!\n"],
    [{ "a b": " two  blanks " }, "a\\ b=\\ two  blanks \n"],
    [{ "k=:#!\\": "v=:#!\\" }, "k\\=\\:\\#\\!\\\\=v=:#!\\\\\n"],
    [{ line: "a\nb\r\tc\f" }, "line=a\\u000ab\\u000d\\u0009c\\u000c\n"],
    [{ uni: "中😀é" }, "uni=\\u4e2d\\ud83d\\ude00\\u00e9\n"],
    [{ "#c": "x", "!d": "" }, "\\#c=x\n\\!d=\n"],
    [{ "": "empty key", "\tt": "\t" }, "=empty key\n\\u0009t=\\u0009\n"],
  ];
  for (const [properties, text] of cases) {
    test(JSON.stringify(properties), () => expect(write(properties)).toBe(text));
  }
});

describe("properties are read as Java writes them", () => {
  const cases: [text: string, properties: Record<string, string>][] = [
    ["", {}],
    ["a=1\nb=2\n", { a: "1", b: "2" }],
    ["a=1\r\nb = x=y \n\n# c=d\nno equals\n", { a: "1", b: "x=y" }],
    ["home=C:\\new\\u\nuni=中\n", { home: "C:\\new\\u", uni: "中" }],
    ["empty=\n", { empty: "" }],
    ["a=1\na=2", { a: "2" }],
  ];
  for (const [text, properties] of cases) {
    test(JSON.stringify(text), () => expect(read(text)).toEqual(properties));
  }

  test("what real name servers answer", async () => {
    const answers = (await samplesIn("probes.json")) as unknown as { code: number; response?: { bodyText?: string } }[];
    const text = answers.find(({ code, response }) => code === 319 && response?.bodyText)?.response?.bodyText ?? "";
    const properties = read(text);
    expect(Object.keys(properties).length).toBe(text.trimEnd().split("\n").length);
    expect(properties).toMatchObject({
      bindAddress: "0.0.0.0",
      listenPort: "9876",
      rocketmqHome: "/opt/rocketmq/home",
    });
    expect(write(properties)).toBe(text);
  });

  test("names of Object.prototype are ordinary keys", () => {
    const properties = read("__proto__=a\nconstructor=b\n");
    expect(Object.entries(properties)).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
    expect(write(properties)).toBe("__proto__=a\nconstructor=b\n");
  });

  test("bytes that are not UTF-8 are undecodable", () => {
    expect(() => propertiesText.decode(Uint8Array.of(0x61, 0xff), context)).toThrow(
      "Cannot decode properties: not UTF-8",
    );
  });
});
