// What the adapter of Deno uses of Deno, for tsc. `deno check` has the real types and does not read this file.
declare namespace Deno {
  interface NetAddr {
    readonly hostname: string;
    readonly port: number;
  }
  interface TcpConn {
    readonly remoteAddr: NetAddr;
    /** The count of bytes read, null at the end. */
    read(into: Uint8Array): Promise<number | null>;
    /** The count of bytes taken, maybe fewer than there are. */
    write(bytes: Uint8Array): Promise<number>;
    close(): void;
    setNoDelay(noDelay?: boolean): void;
  }
  interface TcpListener extends AsyncIterable<TcpConn> {
    readonly addr: NetAddr;
    close(): void;
  }
  function connect(options: { hostname: string; port: number; signal?: AbortSignal }): Promise<TcpConn>;
  function listen(options: { hostname: string; port: number }): TcpListener;
}
