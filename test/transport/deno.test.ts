import { startProcess } from "../contract/process.ts";
import { pathOf, register } from "../contract/register.ts";
import { transport } from "../contract/transport.ts";
import { findRuntime } from "../runtimes/find.ts";

const program = findRuntime("deno");
const entry = `${import.meta.dir}/../contract/runtimes/deno.ts`;

register("Deno", transport, {
  program,
  start: () => startProcess([pathOf(program), "run", "--no-lock", "--allow-net", entry], transport),
});
