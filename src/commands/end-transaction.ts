import { bool, i32, i64, optional, text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

/** A request with commitOrRollback 0 that answers no CHECK_TRANSACTION_STATE gets no answer in any generation. */
export const endTransaction = command({
  code: 37,
  name: "END_TRANSACTION",
  description: "Commits a half message or rolls it back.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: {
    header: {
      producerGroup: text("producer group"),
      tranStateTableOffset: i64("queue offset of the half message"),
      commitLogOffset: i64("where it is in the commit log, bytes"),
      commitOrRollback: i32("8 commit, 12 roll back, 0 undecided"),
      fromTransactionCheck: optional(bool("whether this answers CHECK_TRANSACTION_STATE")),
      msgId: text("UNIQ_KEY of the message"),
      transactionId: optional(text("transaction of the message")),
      topic: optional(text("topic name, since 5.3")),
      ...rpcHeader,
    },
  },
});
