import { expect, test } from "bun:test";
import { writerTo } from "../../src/runtime/stdout.ts";

test("a text is written as a whole, piece by piece, again after a full pipe, and dropped where nobody reads", async () => {
  const taken: string[] = [];
  const results: (number | string)[] = [3, "full", 1, "gone"];
  const write = writerTo({
    async write(bytes) {
      const result = results.shift() ?? bytes.length;
      if (typeof result === "string") throw new Error(result);
      taken.push(new TextDecoder().decode(bytes.subarray(0, result)));
      return result;
    },
    isFull: (error) => error instanceof Error && error.message === "full",
  });
  await write("abcdef");
  await write("ghi");
  expect(taken).toEqual(["abc", "d", "ghi"]);
});
