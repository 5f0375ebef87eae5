// What the adapter of workerd uses of its socket API, which has no types of its own in this project.
declare module "cloudflare:sockets" {
  interface Socket {
    readonly readable: ReadableStream<Uint8Array>;
    readonly writable: WritableStream<Uint8Array>;
    /** Rejects when the connection, or its TLS handshake, fails. */
    readonly opened: Promise<unknown>;
    readonly closed: Promise<void>;
    close(): Promise<void>;
    /** Consumes this socket, which was connected with `starttls`. */
    startTls(options: { expectedServerHostname: string }): Socket;
  }
  export function connect(
    address: { hostname: string; port: number },
    options: { secureTransport: "off" | "on" | "starttls"; allowHalfOpen: boolean },
  ): Socket;
}
