import type { BrokerOutcome } from "../discovery/broker-outcome.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import { fanOutAnswer, resultRow } from "./results.ts";
import type { Answer } from "./route.ts";
import { statusOfResponse } from "./statuses.ts";

/** What one broker said. */
export interface Part<T> {
  readonly broker: BrokerTarget;
  readonly value: T;
}

const NOT_FOUND = 404;

/**
 * The answer to a read for which several brokers were asked, each of which may have a part of what is asked for: `bodyOf`
 * makes it of the parts. It is 207, with a row for each broker under `results`, where one of them failed. One that has
 * none of it has no row; where none has any, or none answers, it throws what the first one refused with, or as
 * {@link fanOutAnswer}.
 */
export function gatheredAnswer<T>(
  outcomes: readonly BrokerOutcome<T>[],
  bodyOf: (parts: readonly Part<T>[]) => object,
): Answer {
  const others = outcomes.filter((outcome) => !isAbsent(outcome));
  const parts = others.flatMap((outcome) => (outcome.ok ? [{ broker: outcome.broker, value: outcome.value }] : []));
  const [first] = outcomes;
  if (others.length === 0 && first && !first.ok) throw first.fault;
  if (parts.length === 0) return fanOutAnswer(others, {});
  const body = bodyOf(parts);
  if (parts.length === others.length) return { status: 200, body };
  return { status: 207, body: { ...body, results: others.map((outcome) => resultRow(outcome)) } };
}

/** Whether the broker said that it has none of it. */
export function isAbsent(outcome: BrokerOutcome<unknown>): boolean {
  if (!outcome.ok && outcome.fault.fault === "not-found") return true;
  const response = outcome.ok ? undefined : outcome.fault.options.response;
  return response !== undefined && statusOfResponse(response, "GET") === NOT_FOUND;
}
