import { pathOf, register } from "../contract/register.ts";
import { transport, unsupported } from "../contract/transport.ts";
import { startWorkerd } from "../contract/workerd.ts";
import { findRuntime } from "../runtimes/find.ts";

const program = findRuntime("workerd");

register("workerd", [...transport, unsupported.socketCertificates], {
  lacks: {
    listen: "workerd cannot listen",
    "attempt-abort": "workerd keeps an attempt until the request ends",
    "close-while-writing": "workerd keeps a connection whose write waits until the request ends",
    reasons: "workerd has one message for refused, unknown host and bad certificate",
    "socket-certificates": "workerd has no certificates of one connection",
  },
  program,
  start: () => startWorkerd(pathOf(program)),
});
