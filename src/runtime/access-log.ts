import type { Exchange } from "../gateway/observe.ts";
import { limits } from "../limits.ts";
import { createLogger } from "../logger.ts";

/** A line for each request. */
export interface AccessLog {
  readonly onExchange: (exchange: Exchange) => void;
  /** Brings out what is left. */
  close(): Promise<void>;
}

/** What a line says. Neither query nor headers are part of it: those may hold what isn't for everyone's eyes. */
export function accessEntry({ method, path, route, status, elapsedMillis, bytes }: Exchange) {
  return {
    time: new Date().toISOString(),
    method,
    path: path.length > limits.maxLoggedPathChars ? `${path.slice(0, limits.maxLoggedPathChars)}…` : path,
    route,
    status,
    elapsedMs: Math.round(elapsedMillis * 1000) / 1000,
    bytes,
  };
}

/** An access log of JSON lines that go out in batches, so that no request waits for them. */
export function createAccessLog(write: (text: string) => Promise<void>): AccessLog {
  const { logFlushMillis: flushMillis, maxQueuedLogChars: maxQueuedChars, maxLogCloseMillis } = limits;
  const logger = createLogger({ write, flushMillis, maxQueuedChars });
  return {
    onExchange: (exchange) => logger.log(accessEntry(exchange)),
    close: () => logger.flush(maxLogCloseMillis),
  };
}
