import { describe, expect, test } from "bun:test";
import { fromHex } from "../../src/bytes/hex.ts";
import { startRig } from "../gateway/support/rig.ts";
import { samplesIn } from "../golden/samples.ts";

interface Sample {
  readonly kind: string;
  readonly id: string;
  readonly hex: string;
  readonly serializeType: string;
  readonly headerLengthField: number;
  readonly decodedByJava: { readonly code: number; readonly opaque: number; readonly extFields: object | null };
}

const frames = ((await samplesIn("frames.json")) as unknown as Sample[]).filter(({ kind }) => kind === "frame");

describe("POST /frames/decode and /frames/encode", () => {
  test("take every frame of Java's apart and put it together again", async () => {
    await using rig = await startRig();
    for (const { id, hex, serializeType } of frames) {
      const decoded = await rig.ask("POST /frames/decode", { body: { hex } });
      expect({ id, status: decoded.status }).toEqual({ id, status: 200 });
      const [item] = decoded.body.frames;
      expect({ id, serializeType: item.serializeType, length: item.length }).toEqual({
        id,
        serializeType,
        length: hex.length / 2 - 4,
      });
      expect(item.fields.map((field: { hex: string }) => field.hex).join("")).toBe(hex);
      const encoded = await rig.ask("POST /frames/encode", { body: item });
      // Java writes a field with an empty value and reads it as none, and so do we.
      if (!id.startsWith("extfields-empty-value-rocketmq")) expect({ id, hex: encoded.body.hex }).toEqual({ id, hex });
    }
  });

  test("take bytes as they are, several frames at once", async () => {
    await using rig = await startRig();
    const two = fromHex(frames[0]?.hex.repeat(2) ?? "");
    const headers = { "content-type": "application/octet-stream" };
    const { body } = await rig.ask("POST /frames/decode", { body: two, headers });
    expect(body.frames).toHaveLength(2);
    const base64 = Buffer.from(two).toString("base64");
    expect((await rig.ask("POST /frames/decode", { body: { base64 } })).body).toEqual(body);
  });

  test("tell what a known body says", async () => {
    await using rig = await startRig();
    const registers = frames.filter(({ id }) => /^register-broker-.*-json-5/.test(id));
    for (const { hex } of registers) {
      const { body } = await rig.ask("POST /frames/decode", { body: { hex } });
      expect(body.frames[0].decodedBody.topicConfigSerializeWrapper.topicConfigTable).toHaveProperty("CatTopicA");
    }
    expect(registers.length).toBeGreaterThan(1);
  });

  for (const [what, body] of [
    ["nothing", {}],
    ["both forms", { hex: "00", base64: "AA==" }],
    ["no hex", { hex: "0g" }],
    ["half a byte", { hex: "000" }],
    ["no base64", { base64: "*" }],
    ["no bytes", { hex: "" }],
    ["a frame cut off", { hex: frames[0]?.hex.slice(0, -2) }],
    ["a negative length", { hex: "ffffffff00000000" }],
    ["type 2", { hex: "0000000402000000" }],
  ] as const) {
    test(`refuse ${what}`, async () => {
      await using rig = await startRig();
      expect((await rig.ask("POST /frames/decode", { body })).status).toBe(400);
    });
  }

  test("refuse what a header can't carry", async () => {
    await using rig = await startRig();
    const encode = (body: object) => rig.ask("POST /frames/encode", { body });
    expect((await encode({ serializeType: "ROCKETMQ", command: { code: 200_050 } })).status).toBe(400);
    expect((await encode({ command: { code: 1 }, body: "a", bodyBase64: "AA==" })).status).toBe(400);
    expect((await encode({ command: {} })).status).toBe(422);
    expect((await encode({ command: { code: 105, extFields: { topic: "t" } } })).body.length).toBeGreaterThan(8);
  });
});
