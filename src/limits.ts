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
  /** Bodies of so many bytes are compressed where that makes them shorter; Java producers begin there (compressMsgBodyOverHowmuch). */
  compressOverBytes: 4_096,
  /** Brokers that one message is tried at; Java producers try again twice (retryTimesWhenSendFailed). */
  maxSendAttempts: 3,
  /** How long a broker that failed is passed over where there are others: it may well be back by then. */
  failingBrokerMillis: 5_000,
  /** What messages of one batch may have together. Java's authors advise 1 MiB; brokers take 4 by default. */
  maxBatchBytes: 1_048_576,
  /** Messages of one batch that is sent: the answer has an id for each in one header field. */
  maxMessagesPerBatch: 1_000,
  /** Messages in a list: each takes a kilobyte while it is on its way. A stream of lines may have any number. */
  maxMessagesPerRequest: 10_000,
  /** Messages of one request that are on their way at once, beyond which neither brokers nor callers gain. */
  maxMessagesAtOnce: 64,
  /** What those of a stream may have together, or nearly: the next line is read only below it. */
  maxStreamedBytes: 8_388_608,
  /** How long the receipts of an Idempotency-Key are kept after the answer: callers try again within minutes. */
  idempotencyTtlMillis: 600_000,
  /** Receipts that are kept for it, some 500 bytes each; the oldest go first. */
  maxKeptReceipts: 100_000,
  /** Queues of a topic that one broker is asked about at once, three requests each. */
  maxQueuesAtOnce: 256,
  /** Consumer groups that one request asks a broker about at once: a topic may have thousands. */
  maxGroupsAtOnce: 256,
  /** Messages of one pull that a caller may ask for; brokers give fewer by their own settings, usually 32. */
  maxPulledMessages: 1_024,
  /** Messages that one answer merges out of many queues or brokers. */
  maxMergedMessages: 1_000,
  /** Pulls of one queue for one page by time: a filter that matches nothing must not read a queue to its end. */
  maxPullsPerQueue: 64,
  /** Messages of a stream that wait for its reader, or one a queue where there are more queues. */
  maxStreamedMessages: 256,
  /** How often a stream says how far it is while it only passes over messages that aren't wanted. */
  streamPlaceMillis: 1_000,
  /** Queues of a topic that one stream or one page reads. */
  maxQueuesOfTopic: 16_384,
  /** How long a broker holds a pull of a queue without messages (brokerSuspendMaxTimeMillis of Java's clients). */
  suspendMillis: 15_000,
  /** How long a stream waits for such an answer (consumerTimeoutMillisWhenSuspend); 5.x looks only every 5 s. */
  suspendTimeoutMillis: 30_000,
  /** The shortest way from one empty answer to the next pull, for servers that hold none. */
  minPullPeriodMillis: 500,
  /** How often a stream looks for brokers and queues that came or went; Java's clients do every 30 s. */
  streamRouteMillis: 10_000,
  /** The same while one of its brokers is away. */
  streamRouteAwayMillis: 2_000,
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
  /** Messages that a broker hands out at once (PopMessageProcessor refuses more). */
  maxLeasedMessages: 32,
  /** The shortest time that received messages are hidden for: brokers look for what is over every second. */
  minInvisibleMillis: 1_000,
  /** The longest, 12 hours: what RocketMQ's own proxy allows (maxInvisibleTimeMills). */
  maxInvisibleMillis: 43_200_000,
  /** Receipt handles of one request: those of 32 receives. */
  maxReceiptHandles: 1_024,
  /** A handle has names of a group, a topic and a broker, of 255 bytes at most each, and numbers, in base64. */
  maxReceiptHandleChars: 2_048,
  /**
   * How long a broker is asked at once to tell of messages that come. Whoever gets one from another broker leaves the
   * question behind, and a broker keeps 1024 of them for a queue and group (popPollingSize).
   */
  awaitMessagesMillis: 2_000,
  /** First pause after somebody else got the messages that were told of; it doubles up to the longest. */
  minReceivePauseMillis: 10,
  maxReceivePauseMillis: 200,
  /** What of the time that a caller grants is kept for taking messages that come at the last moment. */
  receiveReserveMillis: 250,
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
