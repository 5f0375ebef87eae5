import type { Limits } from "../limits.ts";
import type { Address, Listen } from "../transport/socket.ts";

/** Bounds of the embedded name server with their reasons. */
export const nameServerLimits = {
  /** A broker, a client or an operator's tool each hold one connection or two; past this they are closed at once. */
  maxConnections: 1_024,
  /** Real servers close a connection that was silent for 120 s (serverChannelMaxIdleTimeSeconds). */
  idleMillis: 120_000,
  /** How often 5.5.0 looks for expired brokers (scanNotActiveBrokerInterval). */
  scanPeriodMillis: 5_000,
} as const;

export type NameServerLimits = { readonly [K in keyof typeof nameServerLimits]: number } & Pick<
  Limits,
  "brokerExpiryMillis" | "maxFrameBytes" | "maxPending" | "maxQueuedBytes"
>;

export interface NameServerOptions {
  /** How to listen in this runtime. */
  readonly listen: Listen;
  /** Where to listen; port 0 takes any free one. There is no authentication, so let it be the loopback. */
  readonly address: Address;
  readonly limits?: Partial<NameServerLimits>;
  /** The clock, epoch milliseconds. Default Date.now. */
  readonly now?: () => number;
}
