import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { lineAnswers } from "../../src/http/line-answers.ts";
import { linesIn } from "../../src/http/lines.ts";
import { until } from "../support/until.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function streamOf(chunks: readonly string[]): ReadableStream<Uint8Array> {
  const parts = chunks.values();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = parts.next();
      if (done) controller.close();
      else controller.enqueue(bytes(value));
    },
  });
}

async function linesOf(chunks: readonly string[], maxLineBytes = 100): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for await (const { number, bytes } of linesIn(streamOf(chunks), maxLineBytes).lines) {
    expect(number).toBe(found.length + 1);
    found.push(bytes && new TextDecoder().decode(bytes));
  }
  return found;
}

describe("lines", () => {
  test("are the same however the stream is cut", async () => {
    const texts = fc.array(fc.stringMatching(/^[ab]{0,5}$/), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(texts, fc.array(fc.nat(12), { maxLength: 12 }), async (lines, cuts) => {
        let rest = lines.map((line) => `${line}\n`).join("");
        const chunks = cuts.map((cut) => {
          const chunk = rest.slice(0, cut);
          rest = rest.slice(cut);
          return chunk;
        });
        expect(await linesOf([...chunks, rest])).toEqual(lines);
      }),
    );
  });

  test("need no end at the end, and one that is too long is left out", async () => {
    expect(await linesOf(["a\nb"])).toEqual(["a", "b"]);
    expect(await linesOf(["ab", "cde", "f\n", "abcd\nabcde"], 4)).toEqual([null, "abcd", null]);
    expect(await linesOf([])).toEqual([]);
  });
});

describe("answers to lines", () => {
  const text = (line: { bytes: Uint8Array | null }) => new TextDecoder().decode(line.bytes ?? undefined);
  const options = { brokenOff: (error: unknown) => `broken: ${error}\n`, maxAtOnce: 3, maxBytes: 1_000 };

  test("come in order, whichever is ready first, and no more are worked on than may be", async () => {
    const gates = Array.from({ length: 10 }, () => Promise.withResolvers<void>());
    let begun = 0;
    const stream = lineAnswers(linesIn(streamOf(["0\n1\n2\n", "3\n4\n5\n6\n7\n8\n9"]), 100), {
      ...options,
      async answerTo(line) {
        begun++;
        await gates[line.number - 1]?.promise;
        return line.number === 5 ? null : `${text(line)};`;
      },
    });
    const reading = new Response(stream).text();
    await until("three are begun", () => begun === 3);
    gates[2]?.resolve();
    gates[1]?.resolve();
    expect(begun).toBe(3);
    for (const { resolve } of gates) resolve();
    expect(await reading).toBe("0;1;2;3;5;6;7;8;9;");
  });

  test("are read no further than bytes allow, and not at all once nobody reads", async () => {
    let isCancelled = false;
    let begun = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(bytes(`${"x".repeat(600)}\n`)),
      cancel() {
        isCancelled = true;
      },
    });
    const never = new Promise<string>(() => {});
    const answerTo = () => {
      begun++;
      return never;
    };
    const reader = lineAnswers(linesIn(endless, 1_000), { ...options, maxAtOnce: 100, answerTo }).getReader();
    const reading = reader.read();
    await until("two are begun", () => begun === 2);
    await reader.cancel();
    expect(await reading).toEqual({ done: true, value: undefined });
    await until("the body is let go of", () => isCancelled);
    expect(begun).toBe(2);
  });

  test("end with what is said of a body that breaks off", async () => {
    let chunks = 0;
    const breaking = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (chunks++ === 0) controller.enqueue(bytes("a\nb"));
        else controller.error(new Error("gone"));
      },
    });
    const answerTo = async (line: { bytes: Uint8Array | null }) => `${text(line)}\n`;
    const stream = lineAnswers(linesIn(breaking, 100), { ...options, answerTo });
    expect(await new Response(stream).text()).toBe("a\nbroken: Error: gone\n");
  });

  test("break off where one fails", async () => {
    const answerTo = async () => {
      throw new Error("a defect");
    };
    const stream = lineAnswers(linesIn(streamOf(["a\n"]), 100), { ...options, answerTo });
    expect(new Response(stream).text()).rejects.toThrow("a defect");
  });
});
