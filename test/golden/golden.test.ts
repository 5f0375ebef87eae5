import { describe, expect, test } from "bun:test";
import { samplesIn } from "./samples.ts";

const generations = ["3.2.6", "4.9.7", "5.5.0"];

describe("golden data", () => {
  test("every frame has an id of its own and every generation the same plain ones", async () => {
    const samples = await samplesIn("frames.json");
    const ids = samples.map((sample) => String(sample.id));
    expect(new Set(ids).size).toBe(ids.length);
    const plain = generations.map((generation) =>
      ids.filter((id) => id.endsWith(`-json-${generation}`)).map((id) => id.slice(0, -generation.length)),
    );
    expect(plain[0]?.length).toBeGreaterThan(20);
    expect(plain[1]).toEqual(plain[2] ?? []);
    expect(plain[1]).toEqual(expect.arrayContaining(plain[0] ?? []));
  });

  test("a length field announces the rest of its frame", async () => {
    const frames = (await samplesIn("frames.json")).filter((sample) => sample.kind === "frame");
    for (const { id, hex } of frames) {
      const text = String(hex);
      expect([id, Number.parseInt(text.slice(0, 8), 16)]).toEqual([id, text.length / 2 - 4]);
    }
  });

  test("every dialect sample says what it means or why not", async () => {
    const samples = await samplesIn("dialect.json");
    const keys = samples.map(({ generation, mode, id }) => `${generation} ${mode} ${id}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const sample of samples) {
      expect("text" in sample || "error" in sample).toBe(true);
      expect("value" in sample || "error" in sample || "cycle" in sample).toBe(true);
    }
  });

  test("no file names the machine it was made on", async () => {
    for (const name of new Bun.Glob("*.json").scanSync(import.meta.dir)) {
      const text = await Bun.file(`${import.meta.dir}/${name}`).text();
      expect([name, text.match(/(?<![\w.-])\/(?:root|home|tmp|Users)\b/)?.[0]]).toEqual([name, undefined]);
    }
  });
});
