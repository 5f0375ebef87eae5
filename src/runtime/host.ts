import type { Connect, Listen } from "../transport/socket.ts";

/** An HTTP server that runs. */
export interface HttpServer {
  /** The port that it really listens on. */
  readonly port: number;
  /** Takes no new requests, lets those under way end for so long, then closes everything. */
  stop(graceMillis: number): Promise<void>;
}

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
}

/** What a runtime must offer for a gateway to run as a process on it. The entry file of each runtime fills this in. */
export interface Host {
  /** Name and version of the runtime. */
  readonly runtime: string;
  readonly connect: Connect;
  readonly listen: Listen;
  /** Serves HTTP. Rejects with `listen-failed` when the address is taken. */
  serve(options: ServeOptions, fetch: (request: Request) => Response | Promise<Response>): Promise<HttpServer>;
}
