import { startProcess } from "../contract/process.ts";
import { pathOf, register } from "../contract/register.ts";
import { transport, unsupported } from "../contract/transport.ts";
import { findRuntime } from "../runtimes/find.ts";

const program = findRuntime("deno");
const entry = `${import.meta.dir}/../contract/runtimes/deno.ts`;

register("Deno", [...transport, unsupported.serverNameAndCertificate], {
  lacks: {
    "tls-abort": "Deno keeps the connection of an aborted handshake until the peer says something",
    "server-name-and-certificate": "Deno has no server name together with a client certificate",
  },
  program,
  start: (cases) => startProcess([pathOf(program), "run", "--no-lock", "--allow-net", entry], cases),
});
