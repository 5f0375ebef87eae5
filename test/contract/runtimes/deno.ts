import process from "node:process";
import { connect, listen } from "../../../src/transport/deno.ts";
import { runJob } from "../runner.ts";
import { transport, unsupported } from "../transport.ts";

await runJob(process.argv[2] ?? "", [...transport, unsupported.serverNameAndCertificate], { connect, listen });
// What an aborted case left open must not keep the process.
process.exit();
