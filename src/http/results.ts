import type { BrokerOutcome } from "../discovery/broker-outcome.ts";
import type { Outcome } from "../discovery/outcome.ts";
import { Fault, faults } from "../errors.ts";
import { Int32, Int64, Nullable, type Static, type TSchema, Type } from "../schema/types.ts";
import { responseCodeName, SUCCESS } from "../wire/response-codes.ts";
import { isDefect, publicFault } from "./problem.ts";
import type { Answer } from "./route.ts";
import { statusOfResponse } from "./statuses.ts";

/** What every row of `results` says. */
const common = {
  ok: Type.Boolean(),
  code: Nullable(Int32("the server's response code, null when it gave no answer")),
  codeName: Nullable(Type.String({ description: "its name in ResponseCode" })),
  remark: Nullable(Type.String({ description: "what the server said, or why it said nothing" })),
  elapsedMs: Type.Number({ description: "how long it took" }),
  problem: Type.Optional(Type.String({ description: "what went wrong where the server gave no answer" })),
};

/** One row of `results`: what came of asking one name server. */
export const ResultRow = Type.Object(
  { nameServer: Type.String({ description: "host:port" }), ...common },
  { title: "Result", description: "What came of asking one name server" },
);

/** One row of `results`: what came of asking one broker. */
export const BrokerResultRow = Type.Object(
  {
    brokerName: Type.String({ description: "broker name" }),
    brokerId: Int64("0 is the master"),
    brokerAddr: Type.String({ description: "host:port that it is registered under" }),
    ...common,
  },
  { title: "BrokerResult", description: "What came of asking one broker" },
);

/** A row of either kind. */
export const AnyResultRow = Type.Union([ResultRow, BrokerResultRow]);
export type AnyResultRow = Static<typeof AnyResultRow>;

type RowSchema = typeof ResultRow | typeof BrokerResultRow;

/** The body of an answer to a write that went to all: a row for each, with further members for a success alone. */
export function ResultsOf(members: Properties, row: Properties = {}) {
  return resultsOf(members, [ResultRow], row);
}

/** The same for brokers. */
export function BrokerResultsOf(members: Properties, row: Properties = {}) {
  return resultsOf(members, [BrokerResultRow], row);
}

/** The same for a write that went to brokers and to name servers. */
export function AnyResultsOf(members: Properties) {
  return resultsOf(members, [BrokerResultRow, ResultRow], {});
}

function resultsOf(members: Properties, rows: readonly RowSchema[], more: Properties) {
  const optional = Type.Partial(Type.Object(more)).properties;
  const isPlain = Object.keys(more).length === 0;
  const items: TSchema[] = rows.map((row) => (isPlain ? row : Type.Object({ ...row.properties, ...optional })));
  const [only] = items;
  const item = only && items.length === 1 ? only : Type.Union(items);
  return Type.Object({ ...members, results: Type.Array<TSchema>(item) });
}

type Properties = Readonly<Record<string, TSchema>>;

/** What a row says of a success beyond the common members. */
type Members<T> = (value: T, target: string) => object;

/** What came of asking one server, of whatever kind. */
type AnyOutcome<T> = Outcome<T> | BrokerOutcome<T>;

/** Which server a row is about. */
function serverOf<T>(outcome: AnyOutcome<T>) {
  if (!("broker" in outcome)) return { nameServer: outcome.target };
  const { brokerName, brokerId, address: brokerAddr } = outcome.broker;
  return { brokerName, brokerId, brokerAddr };
}

/** The row for an outcome, with further members for a success. */
export function resultRow<T>(outcome: AnyOutcome<T>, members: Members<T> = () => ({})): AnyResultRow {
  const { target, elapsedMillis: elapsedMs } = outcome;
  const server = serverOf(outcome);
  if (outcome.ok) {
    const codeName = responseCodeName(SUCCESS);
    const said = members(outcome.value, target);
    return { ...server, ok: true, code: SUCCESS, codeName, remark: null, elapsedMs, ...said };
  }
  const { fault, message, options } = publicFault(outcome.fault);
  const { response } = options;
  if (response) {
    const { code, remark } = response;
    return { ...server, ok: false, code, codeName: responseCodeName(code), remark, elapsedMs };
  }
  return { ...server, ok: false, code: null, codeName: null, remark: message, problem: fault, elapsedMs };
}

/**
 * The answer to a write that went to all: `status` when every server took it, 207 when some did. Throws
 * `upstream-failed` when none did, or the fault itself where it was the caller's and nothing was sent; and of brokers
 * the one failure, where only one was asked or all refuse alike.
 */
export function fanOutAnswer<T>(
  outcomes: readonly AnyOutcome<T>[],
  { status = 200, ...answer }: Partial<Answer>,
  members?: Members<T>,
): Answer {
  const results = outcomes.map((outcome) => resultRow(outcome, members));
  const failures = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.fault]));
  if (failures.length === outcomes.length) throw oneFailure(outcomes, results) ?? allFailed(failures, results);
  const body = { ...(answer.body as object), results };
  const defects = failures.filter(isDefect);
  return { ...answer, status: failures.length === 0 ? status : 207, body, ...(defects.length > 0 && { defects }) };
}

/** The failure of brokers where it is one: that of the only broker asked, or what all of them refuse alike. */
function oneFailure(outcomes: readonly AnyOutcome<unknown>[], results: readonly AnyResultRow[]): Fault | undefined {
  const [first] = outcomes;
  if (!first || first.ok || outcomes.some((outcome) => !("broker" in outcome))) return undefined;
  const status = refusedWith(first);
  const isAlike = status !== undefined && status < 500 && outcomes.every((outcome) => refusedWith(outcome) === status);
  if (outcomes.length > 1 && !isAlike) return undefined;
  const { fault, message, options } = first.fault;
  return new Fault(fault, message, { ...options, details: { results } });
}

/** The status that a refusal would have; a broker that fails in another way refuses nothing. */
function refusedWith(outcome: AnyOutcome<unknown>): number | undefined {
  const response = outcome.ok ? undefined : outcome.fault.options.response;
  return response && statusOfResponse(response, "PUT");
}

function allFailed(failures: readonly Fault[], results: readonly AnyResultRow[]): Fault {
  const [first] = failures;
  if (first === undefined) return new Fault("unavailable", "Cannot ask a name server: none is configured");
  if (failures.every(({ fault }) => fault === first.fault && isNothingSent(first))) return first;
  const message = `Cannot get it done by any server: ${publicFault(first).message}`;
  return new Fault("upstream-failed", message, { details: { results }, cause: failures.find(isDefect) });
}

/** Whether a fault says that the request was wrong from the start, so that no server ever saw it. */
function isNothingSent({ fault, options }: Fault): boolean {
  return options.response === undefined && (faults[fault].status < 500 || fault === "not-supported");
}
