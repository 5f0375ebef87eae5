import type { Outcome } from "../discovery/outcome.ts";
import { Fault, faults } from "../errors.ts";
import { Int32, Nullable, type Static, type TSchema, Type } from "../schema/types.ts";
import { responseCodeName, SUCCESS } from "../wire/response-codes.ts";
import { isDefect, publicFault } from "./problem.ts";
import type { Answer } from "./route.ts";

/** One row of `results`: what came of asking one name server. */
export const ResultRow = Type.Object(
  {
    nameServer: Type.String({ description: "host:port" }),
    ok: Type.Boolean(),
    code: Nullable(Int32("the server's response code, null when it gave no answer")),
    codeName: Nullable(Type.String({ description: "its name in ResponseCode" })),
    remark: Nullable(Type.String({ description: "what the server said, or why it said nothing" })),
    elapsedMs: Type.Number({ description: "how long it took" }),
    problem: Type.Optional(Type.String({ description: "what went wrong where the server gave no answer" })),
  },
  { title: "Result", description: "What came of asking one name server" },
);
export type ResultRow = Static<typeof ResultRow>;

/** The body of an answer to a write that went to all: a row for each, with further members for a success alone. */
export function ResultsOf(members: Properties, row: Properties = {}) {
  const optional = Type.Partial(Type.Object(row)).properties;
  const item = Object.keys(row).length === 0 ? ResultRow : Type.Object({ ...ResultRow.properties, ...optional });
  return Type.Object({ ...members, results: Type.Array<TSchema>(item) });
}

type Properties = Readonly<Record<string, TSchema>>;

/** What a row says of a success beyond the common members. */
type Members<T> = (value: T, nameServer: string) => object;

/** The row for an outcome, with further members for a success. */
export function resultRow<T>(outcome: Outcome<T>, members: Members<T> = () => ({})): ResultRow {
  const { target: nameServer, elapsedMillis: elapsedMs } = outcome;
  if (outcome.ok) {
    const codeName = responseCodeName(SUCCESS);
    return {
      nameServer,
      ok: true,
      code: SUCCESS,
      codeName,
      remark: null,
      elapsedMs,
      ...members(outcome.value, nameServer),
    };
  }
  const { fault, message, options } = publicFault(outcome.fault);
  const { response } = options;
  if (response) {
    const { code, remark } = response;
    return { nameServer, ok: false, code, codeName: responseCodeName(code), remark, elapsedMs };
  }
  return { nameServer, ok: false, code: null, codeName: null, remark: message, problem: fault, elapsedMs };
}

/**
 * The answer to a write that went to all: `status` when every server took it, 207 when some did. Throws
 * `upstream-failed` when none did, or the fault itself where it was the caller's and nothing was sent.
 */
export function fanOutAnswer<T>(
  outcomes: readonly Outcome<T>[],
  { status = 200, ...answer }: Partial<Answer>,
  members?: Members<T>,
): Answer {
  const results = outcomes.map((outcome) => resultRow(outcome, members));
  const failures = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.fault]));
  if (failures.length === outcomes.length) throw allFailed(failures, results);
  const body = { ...(answer.body as object), results };
  const defects = failures.filter(isDefect);
  return { ...answer, status: failures.length === 0 ? status : 207, body, ...(defects.length > 0 && { defects }) };
}

function allFailed(failures: readonly Fault[], results: readonly ResultRow[]): Fault {
  const [first] = failures;
  if (first === undefined) return new Fault("unavailable", "Cannot ask a name server: none is configured");
  if (failures.every(({ fault }) => fault === first.fault && isNothingSent(first))) return first;
  const message = `Cannot get it done by any name server: ${publicFault(first).message}`;
  return new Fault("upstream-failed", message, { details: { results }, cause: failures.find(isDefect) });
}

/** Whether a fault says that the request was wrong from the start, so that no server ever saw it. */
function isNothingSent({ fault, options }: Fault): boolean {
  return options.response === undefined && (faults[fault].status < 500 || fault === "not-supported");
}
