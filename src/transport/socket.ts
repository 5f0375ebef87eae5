/**
 * What the remoting layer needs of a byte stream, and nothing more. Each runtime has one adapter that provides
 * a `Connect` (and, where the runtime can listen, a `Listen`); the entry file of that runtime chooses it.
 */

/** A host and a TCP port. `host` is a name, an IPv4 address or an IPv6 address without brackets. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** How to speak TLS to a peer. All texts are PEM. */
export interface TlsOptions {
  /** Certificate authorities to trust instead of the system's; on Deno beside them, which can't leave those out. */
  readonly ca?: string;
  /** Client certificate chain and its unencrypted PKCS#8 key, for servers that ask for one. Both or neither. */
  readonly cert?: string;
  readonly key?: string;
  /** The name expected in the server's certificate (SNI too). Default: the host dialled. */
  readonly serverName?: string;
}

export interface ConnectOptions {
  /** Aborts an attempt under way; the promise then rejects with the signal's reason. Adapters release the socket. */
  readonly signal?: AbortSignal;
  /** TLS with these options; absent means plain TCP. */
  readonly tls?: TlsOptions;
}

/** One open connection. Adapters implement these five members and nothing else is asked of them. */
export interface Socket {
  /** The peer as `host:port`, `[v6]:port` for IPv6. */
  readonly remote: string;
  /**
   * Bytes in the order in which they came, in chunks of any size. To be iterated once. Ends when the peer has sent
   * its FIN and after `close`; throws a {@link import("../errors.ts").Fault} `closed` when the connection broke.
   * While nobody pulls, reading stops soon, so that the peer feels back-pressure.
   */
  readonly chunks: AsyncIterable<Uint8Array>;
  /**
   * Sends all the bytes, in the order of the calls. Resolves when the runtime has accepted every byte, so awaiting it
   * is back-pressure. The array must not change until then. Rejects with a `send-failed` fault once the connection
   * is broken or closed. Still works after the peer has sent its FIN (half-close).
   */
  write(bytes: Uint8Array): Promise<void>;
  /** Closes both directions and releases the socket. Bytes already accepted are still delivered where the runtime can. Idempotent. */
  close(): void;
  /**
   * Settles once the connection is gone, for whatever reason. Never rejects. Some runtimes notice a broken connection
   * only when it is read from or written to.
   */
  readonly closed: Promise<void>;
}

/**
 * Opens a connection. With TLS it resolves after the handshake, so a bad certificate is a rejection here.
 * Rejects with a `connect-failed` fault (refused, unknown host, TLS refused: the message says which), or with
 * `not-supported` where the runtime has no such option.
 */
export type Connect = (address: Address, options?: ConnectOptions) => Promise<Socket>;

export interface Listener {
  /** Where it listens; the port is the real one when 0 was asked for. */
  readonly address: Address;
  /** Stops accepting and closes every connection accepted. Resolves when the port is free. Idempotent. */
  close(): Promise<void>;
}

/** Listens for plain TCP connections on an address (port 0: any free one). Rejects with `listen-failed` when it is taken. */
export type Listen = (address: Address, onSocket: (socket: Socket) => void) => Promise<Listener>;
