/** How lines are gathered and how many may wait. */
export interface LoggerOptions {
  /** Brings text out; resolves once it is, and also when it can't be. */
  readonly write: (text: string) => Promise<void>;
  /** How long lines are gathered before they go out together. */
  readonly flushMillis: number;
  /** Characters that may wait behind a reader that doesn't read; lines beyond that are dropped and counted. */
  readonly maxQueuedChars: number;
}

/** Structured lines, one JSON object each. Nobody ever waits for it. */
export interface Logger {
  log(entry: Readonly<Record<string, unknown>>): void;
  /** Resolves once everything logged so far is out, or after so long. */
  flush(withinMillis: number): Promise<void>;
}

/** A logger that writes in batches, one at a time. */
export function createLogger({ write, flushMillis, maxQueuedChars }: LoggerOptions): Logger {
  let lines: string[] = [];
  let queuedChars = 0;
  let dropped = 0;
  let writing: Promise<void> | null = null;

  function take(): string {
    if (dropped > 0) lines.push(`${JSON.stringify({ time: new Date().toISOString(), dropped })}\n`);
    const text = lines.join("");
    [lines, queuedChars, dropped] = [[], 0, 0];
    return text;
  }

  async function writeAll(): Promise<void> {
    while (lines.length > 0) await write(take());
    writing = null;
  }

  /** One writer at a time, so that lines keep their order. */
  async function drain(): Promise<void> {
    if (writing === null && lines.length > 0) writing = writeAll();
    await writing;
  }

  return {
    log(entry) {
      const line = `${JSON.stringify(entry)}\n`;
      if (queuedChars + line.length > maxQueuedChars) {
        dropped++;
        return;
      }
      if (lines.length === 0 && writing === null) setTimeout(drain, flushMillis);
      lines.push(line);
      queuedChars += line.length;
    },
    async flush(withinMillis) {
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, withinMillis);
      await Promise.race([drain(), late]);
      clearTimeout(timer);
    },
  };
}
