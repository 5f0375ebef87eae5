import { ackMessage } from "../commands/ack-message.ts";
import type { BrokerOutcome } from "../discovery/broker-outcome.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import type { Outcome } from "../discovery/outcome.ts";
import { Fault } from "../errors.ts";
import { ackAt } from "./lease-ack-batch.ts";
import { type Holder, isOver, type Lease, leaseOf, visibleAtOf } from "./lease-handle.ts";
import type { AckRow, StatedHandle } from "./lease-input.ts";
import { mustServeLeases } from "./lease-served.ts";
import { fanOutAnswer, resultRow } from "./results.ts";
import type { Answer } from "./route.ts";
import { MAX_VIOLATIONS } from "./validate.ts";

/** A lease that is still good, with the broker that it is of. */
export interface HeldLease {
  readonly lease: Lease;
  readonly broker: BrokerTarget;
}

/**
 * The lease that a handle states. Rejects with `invalid-body` for what is no handle, with `gone` where its time is over,
 * and with `not-found` where no name server knows its broker: the broker is looked for by its name and nothing else.
 */
export async function heldLease(stated: StatedHandle, holder: Holder, brokers: Brokers): Promise<HeldLease> {
  const { handle, pointer } = stated;
  const lease = leaseOf(handle, holder, pointer);
  if (isOver(lease)) {
    const detail = `is of a message whose time was over at ${visibleAtOf(lease)}`;
    throw new Fault("gone", `Cannot use the receipt handle: it ${detail}`, {
      violations: [{ pointer, detail }],
      hint: "The message is handed out again, with another handle. Receive with a longer invisibleMillis, or renew.",
    });
  }
  return { lease, broker: await brokers.named(lease.brokerName) };
}

/** What came of one handle; only what was sent to a broker has one in its outcome. */
interface Acknowledged {
  readonly stated: StatedHandle;
  readonly brokerName: string | null;
  readonly outcome: Outcome<unknown> | BrokerOutcome<unknown>;
}

/**
 * Acknowledges what handles state, each for itself: 200 where all are, 207 where some are, with a row for each. Rejects
 * where none is: as {@link fanOutAnswer} where brokers were asked, else as {@link heldLease}.
 */
export async function ackAnswer(stated: readonly StatedHandle[], holder: Holder, brokers: Brokers): Promise<Answer> {
  const read = await Promise.all(stated.map((each) => readHandle(each, holder, brokers)));
  const held = read.flatMap((each) => ("held" in each ? [each.held] : []));
  const outcomes = await ackEach(held, brokers);
  const done = read.map((each): Acknowledged => {
    if (!("held" in each)) return each;
    const { stated, held } = each;
    return { stated, brokerName: held.broker.brokerName, outcome: outcomes.get(held) as BrokerOutcome<unknown> };
  });
  if (done.some(({ outcome }) => outcome.ok)) {
    const isWhole = done.every(({ outcome }) => outcome.ok);
    return { status: isWhole ? 200 : 207, body: { results: done.map(rowOf) } };
  }
  if (outcomes.size > 0) return fanOutAnswer([...new Set(outcomes.values())], {});
  await mustServeLeases(holder, ackMessage, brokers);
  throw refusalOf(done);
}

async function readHandle(
  stated: StatedHandle,
  holder: Holder,
  brokers: Brokers,
): Promise<Acknowledged | { readonly stated: StatedHandle; readonly held: HeldLease }> {
  try {
    return { stated, held: await heldLease(stated, holder, brokers) };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return { stated, brokerName: null, outcome: { target: "", elapsedMillis: 0, ok: false, fault } };
  }
}

/** What came of each lease; those of one broker are acknowledged together. */
async function ackEach(held: readonly HeldLease[], brokers: Brokers): Promise<Map<HeldLease, BrokerOutcome<unknown>>> {
  const byBroker = Map.groupBy(held, ({ broker }) => broker);
  const outcomes = [...byBroker].map(([broker, own]) => ackAt(broker, own, brokers));
  return new Map((await Promise.all(outcomes)).flat());
}

function rowOf({ stated, brokerName, outcome }: Acknowledged): AckRow {
  const { ok, code, codeName, remark, elapsedMs, problem } = resultRow(outcome);
  const result = { ok, code, codeName, remark, elapsedMs, ...(problem !== undefined && { problem }) };
  return { receiptHandle: stated.handle, brokerName, ...result };
}

/** Why none of the handles is any good: what is wrong with all of them, where that is the same. */
function refusalOf(done: readonly Acknowledged[]): Fault {
  const faults = done.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.fault]));
  const [first] = faults;
  if (first === undefined) return new Fault("internal", "Cannot acknowledge anything: there is no handle");
  if (faults.length === 1) return first;
  const violations = faults
    .flatMap(({ message, options }, index) => {
      return options.violations ?? [{ pointer: done[index]?.stated.pointer ?? "", detail: message }];
    })
    .slice(0, MAX_VIOLATIONS);
  const isSame = faults.every(({ fault }) => fault === first.fault);
  const { hint } = first.options;
  return new Fault(isSame ? first.fault : "invalid-body", "Cannot acknowledge any of the messages", {
    violations,
    ...(isSame && hint !== undefined && { hint }),
  });
}
