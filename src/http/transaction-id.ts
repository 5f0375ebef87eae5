import { fromBase64, toBase64 } from "../bytes/base64.ts";
import { fromUtf8, utf8 } from "../bytes/utf8.ts";
import { Fault } from "../errors.ts";
import { parseJson, stringifyJson } from "../json/strict.ts";
import { Int64, Name, type Static, Type } from "../schema/types.ts";
import { violationsOf } from "./validate.ts";

/** All that ends a transaction: the broker that has its half message, and where. Nothing of it is kept here. */
export const Transaction = Type.Object(
  {
    topic: Name("topic of the message"),
    brokerName: Name("broker that has its half"),
    producerGroup: Name("producer group, whose members the broker asks when nobody ends it"),
    msgId: Type.String({
      description: "UNIQ_KEY of the message",
      pattern: "^[0-9A-F]{32}$",
      examples: ["0A000009126744A5CF3B21B2A9B40000"],
    }),
    transactionId: Type.String({ description: "transaction as the broker calls it", minLength: 1 }),
    commitLogOffset: Int64("where the half message is in the broker's commit log, bytes", { minimum: 0 }),
    tranStateTableOffset: Int64("its offset in the queue of half messages", { minimum: 0 }),
  },
  { title: "Transaction", description: "A message whose fate is open, and where its half is" },
);
export type Transaction = Static<typeof Transaction>;

const members = Object.keys(Transaction.properties) as (keyof Transaction)[];
const Members = Type.Tuple(members.map((name) => Transaction.properties[name]));
/** Tells ids of another form, should there ever be one. */
const FORM = "1";

/** The id by which any gateway ends the transaction: its members in base64url. */
export function transactionId(transaction: Transaction): string {
  const text = stringifyJson(members.map((name) => transaction[name]));
  return FORM + toBase64(utf8(text)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What an id says. Throws `invalid-argument` for one that no gateway made. */
export function parseTransactionId(id: string): Transaction {
  const values = valuesIn(id);
  if (values !== undefined && violationsOf(Members, values).length === 0) {
    const transaction = Object.fromEntries(
      members.map((name, index) => [name, values[index]]),
    ) as unknown as Transaction;
    // One spelling each, so that nothing can hide in it.
    if (transactionId(transaction) === id) return transaction;
  }
  const detail = "must be the id that POST /topics/{topic}/transactions answered with";
  throw new Fault("invalid-argument", `Cannot read the transaction: its id ${detail}`, {
    violations: [{ pointer: "{transaction}", detail }],
  });
}

function valuesIn(id: string): readonly unknown[] | undefined {
  if (!/^1[\w-]+$/.test(id)) return undefined;
  try {
    const base64 = id.slice(FORM.length).replaceAll("-", "+").replaceAll("_", "/");
    const values = parseJson(fromUtf8(fromBase64(base64), "id"));
    return Array.isArray(values) ? values : undefined;
  } catch {
    return undefined;
  }
}
