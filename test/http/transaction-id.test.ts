import { expect, test } from "bun:test";
import fc from "fast-check";
import { Fault } from "../../src/errors.ts";
import { parseTransactionId, type Transaction, transactionId } from "../../src/http/transaction-id.ts";

const name = fc.string({ minLength: 1, unit: "grapheme" });
const offset = fc.bigInt(0n, 2n ** 63n - 1n).map((value) => (value <= Number.MAX_SAFE_INTEGER ? Number(value) : value));
const transactions: fc.Arbitrary<Transaction> = fc.record({
  topic: name,
  brokerName: name,
  producerGroup: name,
  msgId: fc.stringMatching(/^[0-9A-F]{32}$/),
  transactionId: name,
  commitLogOffset: offset,
  tranStateTableOffset: offset,
});

test("an id says all of its transaction, in characters that a path takes", () => {
  fc.assert(
    fc.property(transactions, (transaction) => {
      const id = transactionId(transaction);
      expect(id).toMatch(/^[\w-]+$/);
      expect(parseTransactionId(id)).toEqual(transaction);
    }),
  );
});

test("anything else is no id", () => {
  const [sample] = fc.sample(transactions, { numRuns: 1, seed: 1 });
  const id = transactionId(sample as Transaction);
  const encoded = (value: unknown) => `1${Buffer.from(JSON.stringify(value)).toString("base64url")}`;
  const values = JSON.parse(Buffer.from(id.slice(1), "base64url").toString());
  const bad = [
    "",
    "1",
    "x",
    `2${id.slice(1)}`,
    id.slice(0, -3),
    `${id}A`,
    `${id}=`,
    encoded({}),
    encoded([]),
    encoded([...values, 1]),
    encoded(values.with(0, "")),
    encoded(values.with(3, "x")),
    encoded(values.with(5, -1)),
    encoded(values.with(6, 1.5)),
    encoded(values).replace(/^1/, "1ICA"),
  ];
  for (const text of bad) {
    let fault: unknown;
    try {
      parseTransactionId(text);
    } catch (error) {
      fault = error;
    }
    expect({ text, fault: fault instanceof Fault && fault.fault }).toEqual({ text, fault: "invalid-argument" });
  }
});
