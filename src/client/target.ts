import type { Server } from "../commands/command.ts";
import type { Address } from "../transport/socket.ts";

/** A server to call. */
export interface Target extends Address {
  /** What it is; default a name server. */
  readonly kind?: Server;
}
