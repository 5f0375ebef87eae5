import { connect } from "../../../src/transport/workerd.ts";
import { type Job, type Outcome, runCase } from "../runner.ts";
import { transport, unsupported } from "../transport.ts";

const cases = [...transport, unsupported.socketCertificates];

/** Runs the cases of the job that is posted and answers with their outcomes, because sockets belong to a request. */
async function serve(request: Request): Promise<Response> {
  const { setting, names }: Job = await request.json();
  const outcomes: Outcome[] = [];
  for (const one of cases) {
    if (names.includes(one.name)) outcomes.push(await runCase(one, { ...setting, connect }));
  }
  return Response.json(outcomes);
}

export default { fetch: serve };
