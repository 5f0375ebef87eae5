import { Fault } from "../errors.ts";
import { isQuorum, type Manner } from "./manner.ts";
import { type AnyResultRow, BrokerResultRow, ResultRow } from "./results.ts";
import type { Answer } from "./route.ts";

const ACCEPTED = 202;
const MULTI_STATUS = 207;

/** The answer to a write in the manner that was asked for. Throws `upstream-failed` where a quorum was missed. */
export function settled(answer: Answer, { oneway, quorum }: Manner): Answer {
  const results = resultsOf(answer);
  if (results === null) return answer;
  if (oneway) return unanswered(answer, results);
  if (quorum === null) return answer;
  const ok = results.filter((row) => row.ok).length;
  if (isQuorum(quorum, ok, results.length)) return answer.status === MULTI_STATUS ? { ...answer, status: 200 } : answer;
  const message = `Cannot reach the quorum ${quorum}: ${ok} of ${results.length} servers took it`;
  throw new Fault("upstream-failed", message, { details: { results: results.map(commonRow) } });
}

const commonMembers = new Set(Object.keys({ ...ResultRow.properties, ...BrokerResultRow.properties }));

/** A row without what only a success has. */
function commonRow(row: AnyResultRow): object {
  return Object.fromEntries(Object.entries(row).filter(([member]) => commonMembers.has(member)));
}

function resultsOf({ body }: Answer): readonly AnyResultRow[] | null {
  if (typeof body !== "object" || body === null || !("results" in body)) return null;
  return Array.isArray(body.results) ? body.results : null;
}

/** Nobody knows what a server would have answered to a one-way request. */
function unanswered(answer: Answer, results: readonly AnyResultRow[]): Answer {
  const rows = results.map((row) => (row.ok ? { ...row, code: null, codeName: null } : row));
  const status = answer.status === MULTI_STATUS ? MULTI_STATUS : ACCEPTED;
  return { ...answer, status, body: { ...(answer.body as object), results: rows } };
}
