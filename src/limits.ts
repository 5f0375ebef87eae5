/**
 * Every bound of the gateway with its default and its reason. The unit is in the name. Settings override those that an
 * operator has cause to change (src/runtime/settings.ts).
 */
export const limits = {
  /** 4.x and 5.x servers take frames of up to 16 MiB, length field included (com.rocketmq.remoting.frameMaxLength). */
  maxFrameBytes: 16_777_216,
  /** 3.x closes the connection without a word above 8 MiB. */
  maxFrameBytesV3: 8_388_608,
  /** A server that is up accepts within milliseconds; three lost SYNs later it isn't worth waiting for. */
  connectTimeoutMillis: 3_000,
  /** What Java clients wait for a name server. Covers connecting, sending and waiting together. */
  timeoutMillis: 3_000,
  /** A probe for readiness comes every few seconds and must not pile up. */
  readyTimeoutMillis: 1_000,
  /** What a Java broker gives a name server for a registration (registerBrokerTimeoutMills). */
  registerTimeoutMillis: 6_000,
  /** The longest deadline that a caller may ask for; HTTP servers and proxies cut off what is silent for longer. */
  maxTimeoutMillis: 60_000,
  /** Requests of one connection that may wait for an answer at once; more are refused rather than queued without end. */
  maxPending: 16_384,
  /** Bytes queued behind a peer that doesn't read; the next request is refused. */
  maxQueuedBytes: 33_554_432,
  /** Servers close a connection that was silent for 120 s. Ours goes first, so that no request races that close. */
  idleMillis: 90_000,
  /** An HTTP body larger than a frame could never be sent on. */
  maxBodyBytes: 16_777_216,
  /** Answers to reads that are kept for a while, where that is switched on. */
  maxKeptReads: 1_000,
  /** Brackets within brackets in any JSON that is read: deep enough for every body, too shallow to exhaust a stack. */
  maxJsonDepth: 256,
  /** What a register-broker body may inflate to: a small compressed body must not fill the memory. */
  maxInflatedBytes: 67_108_864,
  /** Brokers register every 30 s (registerNameServerPeriod); a name server drops them after 120 s. */
  registerPeriodMillis: 30_000,
  /** How long a name server keeps a broker without a word from it, unless the registration says otherwise. */
  brokerExpiryMillis: 120_000,
  /** The shortest life a registration may ask for: it is refreshed at a third of it. */
  minHeartbeatMillis: 300,
  /** The longest: 24 days. Java adds it to the time of day and must not overflow. */
  maxHeartbeatMillis: 2_147_483_647,
  /** First pause before a lost registration is tried again; it doubles up to the longest. */
  minBackoffMillis: 200,
  maxBackoffMillis: 5_000,
  /** Held registrations of one gateway: each has a connection of its own to every name server. */
  maxRegistrations: 1_000,
  /** How long a stopping gateway may take to unregister what it holds. */
  drainTimeoutMillis: 5_000,
  /** Log lines of so long go out together: one write costs about as much as hundreds of lines. */
  logFlushMillis: 100,
  /** Log text that may wait behind a reader that doesn't read; a second's worth under full load. */
  maxQueuedLogChars: 1_048_576,
  /** Names of topics have 127 characters at most; the path of a log line has room for several, percent-encoded. */
  maxLoggedPathChars: 2_048,
  /** How long a stopping gateway waits for the reader of its log. */
  maxLogCloseMillis: 500,
} as const;

/** The bounds by name, as numbers. */
export type Limits = { readonly [K in keyof typeof limits]: number };
