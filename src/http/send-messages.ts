import { Fault } from "../errors.ts";
import { type Static, Type } from "../schema/types.ts";
import type { Course } from "../sending/attempts.ts";
import { type Outgoing, outgoing } from "../sending/outgoing.ts";
import { type Delivery, Receipt } from "../sending/receipt.ts";
import type { GivenMessage } from "../sending/spec.ts";
import { printOf, statedKey } from "./idempotency-key.ts";
import { needKeptReceipts } from "./needs.ts";
import { ProblemDocument } from "./openapi/problems.ts";
import { problemOf } from "./problem.ts";
import type { Answer } from "./route.ts";
import type { Services } from "./services.ts";
import { MAX_VIOLATIONS } from "./validate.ts";

/** What came of a message that could not be sent. */
const Failure = Type.Object(
  {
    msgId: Type.String({ description: "its UNIQ_KEY, by which it is found if it was stored" }),
    problem: ProblemDocument,
  },
  { title: "SendFailure", description: "What came of a message that could not be sent" },
);
type Failure = Static<typeof Failure>;

/** Where a message is, or each of several. */
export const Sent = Type.Union([Receipt, Type.Object({ data: Type.Array(Receipt) })]);

/** What came of each of several. */
export const SentInPart = Type.Object({ data: Type.Array(Type.Union([Receipt, Failure])) });

/** How messages are to be sent. */
export interface SendRequest {
  readonly topic: string;
  readonly wire?: "v1" | "v2" | undefined;
  readonly oneway?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** Sends what a caller states; a message alone is answered with its receipt, a list with one for each. */
export async function sendAnswer(
  given: GivenMessage | readonly GivenMessage[],
  request: SendRequest,
  services: Services,
): Promise<Answer> {
  const { topic, wire, oneway, dryRun, idempotencyKey } = request;
  const isList = Array.isArray(given);
  const key = idempotencyKey === undefined ? undefined : statedKey(idempotencyKey);
  const messages = outgoingOf(given, key);
  const course = { topic, wire, brokers: services.brokers };
  const deliver = (wanted: readonly Outgoing[]) =>
    isList ? services.sender.sendAll(wanted, course) : one(wanted, course);

  async function one([message]: readonly Outgoing[], to: Course): Promise<Delivery[]> {
    return message ? [await deliveryOf(message, to, services)] : [];
  }

  const deliveries =
    key === undefined || dryRun
      ? await deliver(messages)
      : await needKeptReceipts(services).once(`${topic} ${key}`, await printOf(messages), messages.length, (wanted) =>
          deliver(wanted.map(({ index, msgId }) => ({ ...(messages[index] as Outgoing), msgId }))),
        );
  const status = oneway ? 202 : 200;
  return isList ? listAnswer(deliveries, status, topic) : { status, body: receiptOf(deliveries) };
}

async function deliveryOf(message: Outgoing, course: Course, { sender }: Services): Promise<Delivery> {
  try {
    return { ok: true, receipt: await sender.send(message, course) };
  } catch (fault) {
    if (fault instanceof Fault) return { ok: false, fault, msgId: message.msgId };
    throw fault;
  }
}

function receiptOf([delivery]: readonly Delivery[]): Receipt {
  if (delivery?.ok) return delivery.receipt;
  throw delivery?.fault ?? new Fault("internal", "Cannot send: nothing came of it");
}

/** 207 where some were sent. Throws the first failure where none was, with what came of each in `data`. */
function listAnswer(deliveries: readonly Delivery[], status: number, topic: string): Answer {
  const data = deliveries.map((delivery) => (delivery.ok ? delivery.receipt : failureOf(delivery, topic)));
  const failures = deliveries.flatMap((delivery) => (delivery.ok ? [] : [delivery.fault]));
  const [first] = failures;
  if (first && failures.length === deliveries.length) {
    throw new Fault(first.fault, first.message, { ...first.options, details: { data } });
  }
  const defects = failures.filter(({ fault }) => fault === "internal");
  return { status: first ? 207 : status, body: { data }, ...(defects.length > 0 && { defects }) };
}

function failureOf({ fault, msgId }: Extract<Delivery, { ok: false }>, topic: string): Failure {
  return { msgId, problem: problemOfSend(fault, topic) };
}

/** The problem document for a message that could not be sent. */
export function problemOfSend(error: unknown, topic: string): Failure["problem"] {
  const instance = `/topics/${encodeURIComponent(topic)}/messages`;
  return problemOf(error, { method: "POST", instance }).body as Failure["problem"];
}

/** The messages as they go out. Throws `invalid-body` with what is wrong with any of them. */
function outgoingOf(given: GivenMessage | readonly GivenMessage[], key: string | undefined): Outgoing[] {
  if (!Array.isArray(given)) return [outgoing(given as GivenMessage, { key })];
  const violations = [];
  const messages = [];
  for (const [index, message] of (given as readonly GivenMessage[]).entries()) {
    try {
      messages.push(outgoing(message, { at: `/${index}`, key }));
    } catch (error) {
      if (!(error instanceof Fault) || !error.options.violations) throw error;
      violations.push(...error.options.violations);
      if (violations.length >= MAX_VIOLATIONS) break;
    }
  }
  if (violations.length === 0) return messages;
  throw new Fault("invalid-body", "Cannot send the messages: nothing was sent, for some are not as they must be", {
    violations: violations.slice(0, MAX_VIOLATIONS),
  });
}
