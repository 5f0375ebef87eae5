import { write } from "node:fs";
import process from "node:process";
import type { Process } from "./run.ts";
import { type Output, writerTo } from "./stdout.ts";

const STDOUT = 1;

/** Standard output by its number: the stream of this module waits in the event loop until a pipe is read. */
const stdout: Output = {
  write: (bytes) =>
    new Promise((resolve, reject) => {
      write(STDOUT, bytes, 0, bytes.length, null, (error, written) => (error ? reject(error) : resolve(written)));
    }),
  isFull: (error) => (error as NodeJS.ErrnoException).code === "EAGAIN",
};

/** The process as Bun, Deno and Node.js all show it. */
export const nodeProcess: Process = {
  args: process.argv.slice(2),
  environment: process.env,
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
  write: writerTo(stdout),
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
