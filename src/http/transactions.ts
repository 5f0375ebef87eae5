import { parseOffsetMsgId } from "../body/offset-msg-id.ts";
import { endTransaction } from "../commands/end-transaction.ts";
import type { BrokerOutcome } from "../discovery/broker-outcome.ts";
import { Fault } from "../errors.ts";
import type { Int64 as Int64Value } from "../json/value.ts";
import { toInt64 } from "../schema/integer.ts";
import { Int64, Nullable, type Static, Type } from "../schema/types.ts";
import { outgoing } from "../sending/outgoing.ts";
import { Receipt } from "../sending/receipt.ts";
import type { GivenMessage } from "../sending/spec.ts";
import { BrokerResultsOf, fanOutAnswer } from "./results.ts";
import type { Answer } from "./route.ts";
import type { Services } from "./services.ts";
import { settled } from "./settle.ts";
import { parseTransactionId, Transaction, transactionId } from "./transaction-id.ts";

/** A half message that was sent, and what ends it. */
export const HalfSent = Type.Object(
  {
    id: Nullable(Type.String({ description: "what the transaction is called at /transactions; null after ?oneway" })),
    producerGroup: Transaction.properties.producerGroup,
    ...Receipt.properties,
  },
  { title: "HalfReceipt", description: "Where a half message is" },
);

/** What an id says, with the id. */
export const TransactionView = Type.Object({ id: Type.String(), ...Transaction.properties });

const Place = (description: string) =>
  Type.Union([Int64(description, { minimum: 0 }), Type.String({ description, pattern: "^[0-9]{1,19}$" })]);

/** Where a check says that the half message is now: brokers write it anew for each, and heed no other place then. */
const Check = Type.Object(
  { commitLogOffset: Place("as the event has it"), tranStateTableOffset: Place("as the event has it") },
  { description: "makes it the answer to a transaction-check event of a session: these two of its extFields" },
);

/** What is to become of a transaction. */
export const TransactionEnd = Type.Object(
  {
    state: Type.Union([Type.Literal("commit"), Type.Literal("rollback"), Type.Literal("unknown")], {
      description: "commit delivers the message, rollback drops it; unknown leaves it open, to be asked about later",
    }),
    check: Type.Optional(Check),
  },
  { additionalProperties: false, examples: [{ state: "commit" }] },
);
type TransactionEnd = Static<typeof TransactionEnd>;

export const TransactionEnded = BrokerResultsOf({ ...TransactionView.properties, ...TransactionEnd.properties });

/** Sends half a transaction: 201 with what ends it. */
export async function halfAnswer(
  given: GivenMessage,
  { topic, oneway }: { topic: string; oneway?: boolean | undefined },
  { sender, brokers }: Services,
): Promise<Answer> {
  const message = outgoing(given);
  if (message.isDelayed) {
    const detail = "can't be put off: brokers overlook delays of half messages";
    throw new Fault("invalid-body", `Cannot send the message: its delivery ${detail}`, {
      violations: [{ pointer: "", detail }],
    });
  }
  const { producerGroup, msgId } = message;
  const receipt = await sender.sendHalf(message, { topic, brokers });
  const { offsetMsgId, queueOffset, messageQueue, transactionId: told = msgId } = receipt;
  const id =
    offsetMsgId === null || queueOffset === null
      ? null
      : transactionId({
          topic,
          brokerName: messageQueue.brokerName,
          producerGroup,
          msgId,
          transactionId: told,
          commitLogOffset: parseOffsetMsgId(offsetMsgId).commitLogOffset,
          tranStateTableOffset: queueOffset,
        });
  const body = { id, producerGroup, ...receipt };
  return { status: oneway ? 202 : 201, body, ...(id !== null && { headers: { location: `/transactions/${id}` } }) };
}

const codes = { commit: 8, rollback: 12, unknown: 0 } as const;

/** The same request where brokers give no answer: to what is undecided. */
const undecided = { ...endTransaction, oneWay: true };

/** Ends a transaction at the broker that has its half. 202 where it isn't decided: brokers answer nothing to that. */
export async function endAnswer(id: string, { state, check }: TransactionEnd, { brokers }: Services): Promise<Answer> {
  const { brokerName, ...stated } = parseTransactionId(id);
  const broker = await brokers.named(brokerName);
  const values = { ...stated, ...(check && placeOf(check)) };
  const request = { ...values, commitOrRollback: codes[state], fromTransactionCheck: check !== undefined };
  const isUnanswered = state === "unknown";
  const outcomes = await brokers.writeEach([broker], isUnanswered ? undecided : endTransaction, request);
  const answer = fanOutAnswer(outcomes.map(tooLate), { body: { id, brokerName, ...values, state } });
  return isUnanswered ? settled(answer, { oneway: true, dryRun: false, quorum: null }) : answer;
}

function placeOf({ commitLogOffset, tranStateTableOffset }: Static<typeof Check>) {
  return { commitLogOffset: numberOf(commitLogOffset), tranStateTableOffset: numberOf(tranStateTableOffset) };
}

function numberOf(value: string | Int64Value): Int64Value {
  return typeof value === "string" ? (toInt64(value) ?? 0) : value;
}

const ILLEGAL_OPERATION = 604;

/** Why a broker of 5.x may take no word of ours (EndTransactionProcessor.rejectCommitOrRollback). */
function tooLate<T>(outcome: BrokerOutcome<T>): BrokerOutcome<T> {
  if (outcome.ok || outcome.fault.options.response?.code !== ILLEGAL_OPERATION) return outcome;
  const { fault, message, options } = outcome.fault;
  const hint =
    "The message has CHECK_IMMUNITY_TIME_IN_SECONDS, and that time is over: the broker asks a client of the producer " +
    "group, and heeds only the answer. Open a session of it, and give `check` what its transaction-check event says.";
  return { ...outcome, fault: new Fault(fault, message, { ...options, hint }) };
}
