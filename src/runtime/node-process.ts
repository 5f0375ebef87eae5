import process from "node:process";
import type { Process } from "./run.ts";

/** The process as Bun, Deno and Node.js all show it. */
export const nodeProcess: Process = {
  args: process.argv.slice(2),
  environment: process.env,
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
  onStop(stop) {
    let isStopping = false;
    const once = () => {
      if (isStopping) process.exit(130);
      isStopping = true;
      stop();
    };
    process.on("SIGTERM", once);
    process.on("SIGINT", once);
  },
  exit: (code) => process.exit(code),
};
