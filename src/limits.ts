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
  /** Queues of a topic that one broker is asked about at once, three requests each. */
  maxQueuesAtOnce: 256,
  /** Consumer groups that one request asks a broker about at once: a topic may have thousands. */
  maxGroupsAtOnce: 256,
  /** Bytes queued behind a peer that doesn't read; the next request is refused. */
  maxQueuedBytes: 33_554_432,
  /** Servers close a connection that was silent for 120 s. Ours goes first, so that no request races that close. */
  idleMillis: 90_000,
  /** An HTTP body larger than a frame could never be sent on. */
  maxBodyBytes: 16_777_216,
  /** Answers to reads that are kept for a while, where that is switched on. */
  maxKeptReads: 1_000,
  /** What name servers say of brokers and routes is relied on for so long. Java clients rely on a route for 30 s. */
  discoveryTtlMillis: 2_000,
  /** Routes that are kept for so long: one of a hundred queues takes some 10 KiB. */
  maxKeptRoutes: 1_000,
  /** Brackets within brackets in any JSON that is read: deep enough for every body, too shallow to exhaust a stack. */
  maxJsonDepth: 256,
  /**
   * What a register-broker body, or the messages of one answer together, may inflate to: a small compressed body must
   * not fill the memory.
   */
  maxInflatedBytes: 67_108_864,
  /** What the body of one message may inflate to. Brokers take no larger one plain, and producers compress no larger one. */
  maxMessageBytes: 16_777_216,
  /** Messages in the batches of one answer: one of 22 bytes becomes an object of hundreds. */
  maxBatchMessages: 10_000,
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
  /** Clients heartbeat every 30 s (heartbeatBrokerInterval); a broker forgets one after 120 s. */
  heartbeatPeriodMillis: 30_000,
  /** A restarted broker is back by then; one that no route names for so long is let go of. */
  goneBrokerMillis: 120_000,
  /** Client sessions of one gateway: each has a connection of its own to every broker involved. */
  maxSessions: 1_000,
  /** Producer groups, and consumer groups with their topics, of one session: every heartbeat names them all. */
  maxGroupsPerSession: 100,
  /** How long a session lives that its caller neither renews nor listens to. */
  leaseMillis: 60_000,
  /** The shortest such life: a caller must be able to renew it in time. */
  minLeaseMillis: 1_000,
  /** The longest: an hour after its caller is gone, brokers must not count on it any more. */
  maxLeaseMillis: 3_600_000,
  /** Events of one session that are kept for readers who come, or come back, later; and requests that wait for a reply. */
  maxEventsKept: 256,
  /** Memory for the events that a session keeps, beside the newest one: an event may carry a message of megabytes. */
  maxKeptEventBytes: 1_048_576,
  /** Sessions that have ended and whose end is still known. */
  maxEndedSessions: 1_000,
  /** Brokers wait 10 s for a client's running info, or for it to consume a message (Broker2Client.callClient). */
  replyMillis: 8_000,
  /** What a broker passes on to a client it answers by itself after those 10 s, and why is worth hearing. */
  relayTimeoutMillis: 11_000,
  /** They wait 5 s for its offsets (Broker2Client.getConsumeStatus), and whoever asked them no longer than that. */
  statusReplyMillis: 3_000,
  /** Streams that are open at once, for all callers together: each holds a connection. */
  maxStreams: 1_000,
  /** A stream says something at least so often, or proxies take it for dead; many cut off after 30 or 60 s. */
  streamCommentMillis: 15_000,
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
