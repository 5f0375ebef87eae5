import process from "node:process";
import { connect, listen } from "../../../src/transport/node.ts";
import { runJob } from "../runner.ts";
import { transport } from "../transport.ts";

await runJob(process.argv[2] ?? "", transport, { connect, listen });
// What an aborted case left open must not keep the process.
process.exit();
