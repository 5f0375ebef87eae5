import { Fault, reasonOf } from "../errors.ts";
import { limits as defaults, type Limits } from "../limits.ts";
import type { Socket } from "../transport/socket.ts";
import { decodeFrame, encodeFrame, type Frame, type SerializeType } from "../wire/frame.ts";
import { frameCutter } from "../wire/frame-cutter.ts";
import { identityFor } from "../wire/identity.ts";
import { isOneway, isResponse, type RemotingCommand, requestFlag, responseTo } from "../wire/remoting-command.ts";
import { SYSTEM_ERROR } from "../wire/response-codes.ts";
import { lost, notSent, unreadable } from "./faults.ts";
import { pendingTable } from "./pending.ts";
import { writeQueue } from "./write-queue.ts";

/** A request as the caller states it: opaque and flag are the session's. */
export type RequestCommand = Omit<RemotingCommand, "opaque" | "flag">;

/** Answers a request that the peer started; null sends nothing. What it throws is answered as SYSTEM_ERROR. */
export type RequestHandler = (request: Frame, session: Session) => Frame | null | Promise<Frame | null>;

export interface SessionOptions {
  readonly limits?: Partial<Pick<Limits, "maxFrameBytes" | "maxPending" | "maxQueuedBytes">>;
  /** Answers what the peer asks. Without it such requests are left unanswered, as by a client that can't serve them. */
  readonly onRequest?: RequestHandler;
  /** Whether a request that times out takes the connection with it. Default false: late answers are dropped. */
  readonly closeOnTimeout?: boolean;
}

export interface RequestOptions {
  readonly timeoutMillis: number;
  /** Default JSON, which every generation reads. */
  readonly serializeType?: SerializeType;
  /** The largest frame that the server takes, where that is less than the session's own limit. */
  readonly maxFrameBytes?: number;
}

/** What happened on a connection so far. */
export interface SessionStats {
  readonly pending: number;
  readonly lateReplies: number;
  /** When bytes last went either way, as Date.now(). */
  readonly lastActivityAt: number;
}

/** One connection, both directions: requests multiplexed by opaque, answers in any order, requests of the peer. */
export interface Session {
  readonly remote: string;
  /**
   * Sends a request and resolves with its answer. Rejects with `timeout`, `send-failed` (it never left), `closed` (it
   * may have left, the answer is lost), `undecodable` (the peer sent what no frame is), `too-many-pending` or
   * `too-large`.
   */
  request(command: RequestCommand, options: RequestOptions): Promise<Frame>;
  /** Sends a request that nobody answers; resolves once its bytes are on their way. Without a deadline it has none. */
  oneway(command: RequestCommand, options?: Partial<RequestOptions>): Promise<void>;
  /** Closes the connection; requests under way fail with `reason`. Idempotent. */
  close(reason?: Fault): void;
  /** Resolves with the reason once the connection is over. */
  readonly closed: Promise<Fault>;
  readonly isOpen: boolean;
  /** The opaque that the next request will have. */
  readonly nextOpaque: number;
  readonly stats: SessionStats;
}

/** Speaks the remoting protocol over a socket, in either role. */
export function createSession(socket: Socket, options: SessionOptions = {}): Session {
  const limits = { ...defaults, ...options.limits };
  const { remote } = socket;
  const over = Promise.withResolvers<Fault>();
  let isOpen = true;
  let lateReplies = 0;
  let lastActivityAt = Date.now();

  const pending = pendingTable(remote, onTimeout);
  const queue = writeQueue(socket, (reason) => close(lost(remote, reasonOf(reason), reason)));

  function onTimeout(): void {
    if (options.closeOnTimeout) close(lost(remote, "a request timed out"));
  }

  function close(reason = lost(remote, "the connection was closed")): void {
    if (!isOpen) return;
    isOpen = false;
    socket.close();
    pending.failAll(reason);
    over.resolve(reason);
  }

  /** Refuses before anything is queued: nothing is half sent. */
  function encode(frame: Frame, maxFrameBytes = limits.maxFrameBytes): Uint8Array {
    if (!isOpen)
      throw new Fault("send-failed", `Cannot send to ${remote}: the connection is closed`, { target: remote });
    if (pending.size > limits.maxPending || queue.queuedBytes > limits.maxQueuedBytes) {
      const message = `Cannot send to ${remote}: ${pending.size} requests and ${queue.queuedBytes} bytes are waiting`;
      throw new Fault("too-many-pending", message, { target: remote });
    }
    const bytes = encodeFrame(frame, Math.min(maxFrameBytes, limits.maxFrameBytes));
    lastActivityAt = Date.now();
    return bytes;
  }

  async function answer(request: Frame): Promise<void> {
    const bytes = await answerTo(request);
    if (bytes === null || !isOpen) return;
    // A reader that takes no answers may not make us hold them all.
    if (queue.queuedBytes > limits.maxQueuedBytes) return close(lost(remote, "it doesn't read its answers"));
    lastActivityAt = Date.now();
    queue.push({ bytes, left() {}, sent() {}, failed() {} });
  }

  async function answerTo(request: Frame): Promise<Uint8Array | null> {
    const { opaque, version } = request.command;
    const isAnswered = !isOneway(request.command);
    const encoded = (frame: Frame) => encodeFrame(frame, limits.maxFrameBytes);
    try {
      const response = await options.onRequest?.(request, session);
      return response && isAnswered ? encoded({ ...response, command: { ...response.command, opaque } }) : null;
    } catch (cause) {
      if (!isAnswered) return null;
      // As the Java side does, so that one bad request costs neither a timeout nor the connection.
      const answer = { code: SYSTEM_ERROR, remark: reasonOf(cause) };
      return encoded({ serializeType: "JSON", command: responseTo(request.command, identityFor(version), answer) });
    }
  }

  function receive(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes);
    if (isResponse(frame.command)) {
      if (!pending.settle(frame)) lateReplies++;
    } else {
      answer(frame).catch((cause) =>
        close(lost(remote, `its request could not be answered: ${reasonOf(cause)}`, cause)),
      );
    }
  }

  async function read(): Promise<void> {
    const cutter = frameCutter(limits.maxFrameBytes);
    try {
      for await (const chunk of socket.chunks) {
        lastActivityAt = Date.now();
        for (const bytes of cutter.push(chunk)) if (isOpen) receive(bytes);
        if (!isOpen) return;
      }
      close(lost(remote, cutter.buffered > 0 ? "the peer closed it within a frame" : "the peer closed it"));
    } catch (cause) {
      close(unreadable(remote, cause));
    }
  }

  const session: Session = {
    remote,
    request(command, { timeoutMillis, serializeType = "JSON", maxFrameBytes }) {
      return pending.wait(timeoutMillis, (opaque) => {
        const frame = { serializeType, command: { ...command, opaque, flag: requestFlag(false) } };
        const bytes = encode(frame, maxFrameBytes);
        queue.push({
          bytes,
          left: () => pending.markLeft(opaque),
          sent() {},
          failed: (reason) => pending.fail(opaque, notSent(remote, reason)),
        });
      });
    },
    async oneway(command, { serializeType = "JSON", maxFrameBytes, timeoutMillis } = {}) {
      const frame = { serializeType, command: { ...command, opaque: 0, flag: requestFlag(true) } };
      const bytes = encode(frame, maxFrameBytes);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      let hasLeft = false;
      queue.push({
        bytes,
        left() {
          hasLeft = true;
        },
        sent: resolve,
        failed: (reason) => reject(hasLeft ? lost(remote, reasonOf(reason), reason) : notSent(remote, reason)),
      });
      if (timeoutMillis === undefined) return promise;
      const timer = setTimeout(() => {
        const message = `Cannot send to ${remote}: it took nothing within ${Math.ceil(timeoutMillis)} ms`;
        reject(new Fault("timeout", message, { target: remote }));
        onTimeout();
      }, timeoutMillis);
      return promise.finally(() => clearTimeout(timer));
    },
    close,
    closed: over.promise,
    get isOpen() {
      return isOpen;
    },
    get nextOpaque() {
      return pending.nextOpaque;
    },
    get stats() {
      return { pending: pending.size, lateReplies, lastActivityAt };
    },
  };
  read();
  return session;
}
