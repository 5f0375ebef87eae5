// What the adapter of Deno uses of Deno, for tsc. `deno check` has the real types and does not read this file.
declare namespace Deno {
  interface NetAddr {
    readonly hostname: string;
    readonly port: number;
  }
  interface Conn {
    readonly remoteAddr: NetAddr;
    /** The count of bytes read, null at the end. */
    read(into: Uint8Array): Promise<number | null>;
    /** The count of bytes taken, maybe fewer than there are. */
    write(bytes: Uint8Array): Promise<number>;
    close(): void;
  }
  interface TcpConn extends Conn {
    setNoDelay(noDelay?: boolean): void;
  }
  interface TlsConn extends Conn {
    handshake(): Promise<unknown>;
  }
  interface TcpListener {
    readonly addr: NetAddr;
    accept(): Promise<TcpConn>;
    close(): void;
  }
  interface Target {
    readonly hostname: string;
    readonly port: number;
  }
  function connect(options: Target & { signal?: AbortSignal }): Promise<TcpConn>;
  function connectTls(options: Target & { caCerts: string[]; cert: string; key: string }): Promise<TlsConn>;
  /** Consumes the connection. `hostname` is what the certificate has to name. */
  function startTls(conn: TcpConn, options: { hostname: string; caCerts: string[] }): Promise<TlsConn>;
  function listen(options: Target): TcpListener;
  const stdout: Pick<Conn, "write">;
  const errors: { readonly WouldBlock: new () => Error };
  const version: { readonly deno: string };
  interface HttpServer<A> {
    readonly addr: A;
    shutdown(): Promise<void>;
  }
  interface ServeOptions extends Target {
    readonly signal?: AbortSignal;
    readonly onListen?: () => void;
  }
  function serve(
    options: ServeOptions,
    handler: (request: Request) => Response | Promise<Response>,
  ): HttpServer<NetAddr>;
}
