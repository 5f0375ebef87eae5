import type { Address, Connect, Listen } from "../../src/transport/socket.ts";

/** What a subject may be unable to do. A case that needs it is then skipped, and the skip names the reason. */
export type Need =
  /** It can listen. */
  | "listen"
  /** Its connections can be reset. */
  | "reset"
  /** It gives a connection back at once that is closed while a write waits. */
  | "close-while-writing"
  /** Its hosts are looked up, so that one can be unknown. */
  | "host-names"
  /** Its errors tell refused, unknown host and TLS apart. */
  | "reasons"
  /** It reaches the IPv6 loopback. */
  | "ipv6"
  /** A connection attempt can hang. */
  | "unanswered"
  /** An aborted attempt gives its socket back at once. */
  | "attempt-abort"
  /** It speaks TLS. */
  | "tls"
  /** An aborted TLS handshake gives the connection back at once. */
  | "tls-abort"
  /** TLS options of one connection: `ca`, and `cert` with `key`. */
  | "socket-certificates"
  /** A `serverName` together with a client certificate. */
  | "server-name-and-certificate";

/** Where the scripted peers listen. */
export interface Peers {
  /** Obeys commands (scripts.ts). */
  readonly tcp: Address;
  /** The same on the IPv6 loopback. */
  readonly tcp6?: Address;
  /** Nobody listens there. */
  readonly refused: Address;
  /** A name that no server knows. */
  readonly unknownHost: Address;
  /** Lets every attempt to connect hang. */
  readonly unanswered?: Address;
  /** Accepts, and then neither reads nor writes. */
  readonly silent: Address;
  /** Greets in plain text without being asked. */
  readonly greeter: Address;
  /** Obey commands over TLS; named by their certificate (../support/tls/make.sh). */
  readonly tls?: {
    readonly server: Address;
    readonly otherHost: Address;
    readonly unknown: Address;
    readonly asking: Address;
  };
}

/** PEM texts for the client side. `ca` is absent where it is configured for the whole process. */
export interface Certificates {
  readonly ca?: string;
  readonly cert: string;
  readonly key: string;
}

/** What a run needs to know; goes to other processes as JSON. */
export interface Setting {
  readonly peers: Peers;
  readonly certificates: Certificates;
}

/** One adapter in its runtime. */
export interface Subject extends Setting {
  readonly connect: Connect;
  readonly listen?: Listen;
}

/** One demand of the contract in src/transport/socket.ts. `run` rejects when it is not met. */
export interface Case {
  readonly name: string;
  readonly needs?: readonly Need[];
  readonly run: (subject: Subject) => Promise<void>;
}
