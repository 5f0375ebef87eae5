import { expect, test } from "bun:test";
import { batchedMessages } from "../../src/body/batched-messages.ts";
import { violationsOf } from "../../src/http/validate.ts";
import { samplesIn } from "../golden/samples.ts";
import { contextOf } from "./golden.ts";

interface Sample {
  readonly id: string;
  readonly hex: string;
  readonly messages: readonly { readonly flag: number; readonly properties: Readonly<Record<string, string>> }[];
}
const samples = ((await samplesIn("frames.json")) as unknown as Sample[]).filter(({ id }) =>
  id.startsWith("batch-body-"),
);
const context = contextOf("5.5.0");

test("a batch is read and written as its messages, or written as the bytes that it is", () => {
  const properties: Record<string, string> = { TAGS: "a" };
  const messages = [
    { flag: 7, body: "hello", properties },
    { flag: 0, bodyBase64: "/wA=", properties: {} },
  ];
  const bytes = batchedMessages.encode(messages, context);
  expect(batchedMessages.decode(bytes, context) as unknown).toEqual(messages);
  expect(batchedMessages.encode(bytes, context)).toBe(bytes);
  expect(violationsOf(batchedMessages.schema, messages)).toEqual([]);
});

test.each(samples)("a batch is shown as Java wrote it: $id", ({ hex, messages }) => {
  const read = batchedMessages.decode(Uint8Array.fromHex(hex), context);
  expect(violationsOf(batchedMessages.schema, read)).toEqual([]);
  expect(read as unknown).toMatchObject(messages.map(({ flag, properties }) => ({ flag, properties })));
});
