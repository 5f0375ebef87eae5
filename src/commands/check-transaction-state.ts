import { storedMessage } from "../body/stored-message.ts";
import { i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const checkTransactionState = command({
  code: 39,
  name: "CHECK_TRANSACTION_STATE",
  description: "Asks a producer what became of a transaction; it answers with END_TRANSACTION and these offsets.",
  servedBy: on("client"),
  oneWay: true,
  request: {
    header: {
      tranStateTableOffset: i64("queue offset of the half message, which every check moves"),
      commitLogOffset: i64("where it is in the commit log, bytes"),
      msgId: optional(text("UNIQ_KEY of the message")),
      transactionId: optional(text("transaction of the message")),
      offsetMsgId: optional(text("offset message id, since 4.3")),
      topic: optional(text("topic of half messages; the record has the real one, since 5.3")),
      ...rpcHeader,
    },
    body: storedMessage,
  },
});
