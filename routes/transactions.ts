import { endTransaction } from "../src/commands/end-transaction.ts";
import { sendMessageV2 } from "../src/commands/send-message-v2.ts";
import { mannerQuery } from "../src/http/manner.ts";
import { messageBody } from "../src/http/message-body.ts";
import { answer, get, json, post, put } from "../src/http/route.ts";
import { parseTransactionId } from "../src/http/transaction-id.ts";
import {
  endAnswer,
  HalfSent,
  halfAnswer,
  TransactionEnd,
  TransactionEnded,
  TransactionView,
} from "../src/http/transactions.ts";
import { unknownTopic } from "./messages-send.ts";

export const transactions = [
  post("/topics/{topic}/transactions", {
    summary: "Send half a transaction: a message that nobody gets before it is committed",
    calls: [sendMessageV2],
    query: mannerQuery,
    body: messageBody,
    answers: { 201: answer("the half message is stored", HalfSent) },
    problems: unknownTopic,
    handle: ({ params: { topic }, query: { oneway }, body }, services) => halfAnswer(body, { topic, oneway }, services),
  }),

  get("/transactions/{transaction}", {
    summary: "What the id of a transaction says; no server is asked",
    answers: { 200: answer("the transaction", TransactionView) },
    handle: ({ params: { transaction: id } }) => ({ status: 200, body: { id, ...parseTransactionId(id) } }),
  }),

  put("/transactions/{transaction}", {
    summary: "Commit a transaction or roll it back, or answer a broker that asks about it",
    calls: [endTransaction],
    query: mannerQuery,
    body: json(TransactionEnd),
    answers: {
      200: answer("the broker did it; to commit again may deliver the message again", TransactionEnded),
    },
    problems: {
      404: "the name servers know no such broker, or it has no such half message",
      403: "the message's CHECK_IMMUNITY_TIME_IN_SECONDS is over: the broker asks, and heeds nothing but the answer",
    },
    handle: ({ params: { transaction }, body }, services) => endAnswer(transaction, body, services),
  }),
];
