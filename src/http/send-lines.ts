import { fromUtf8 } from "../bytes/utf8.ts";
import { Fault, reasonOf } from "../errors.ts";
import { parseJson, stringifyJson } from "../json/strict.ts";
import type { JsonValue } from "../json/value.ts";
import { outgoing } from "../sending/outgoing.ts";
import { type GivenMessage, MessageInput } from "../sending/spec.ts";
import { lineAnswers } from "./line-answers.ts";
import { type Line, linesIn } from "./lines.ts";
import { type MessageLines, NDJSON } from "./message-body.ts";
import { isDefect } from "./problem.ts";
import type { Answer } from "./route.ts";
import { problemOfSend, type SendRequest } from "./send-messages.ts";
import type { Services } from "./services.ts";
import { violationsOf } from "./validate.ts";

/**
 * Sends messages as they come, one on each line: a receipt for each on one line of the answer, or `{line, problem}` where
 * it could not be sent. Throws `invalid-argument` for what only makes sense for a request that ends.
 */
export function sendLinesAnswer({ lines }: MessageLines, request: SendRequest, services: Services): Answer {
  const { topic, wire, oneway, dryRun, idempotencyKey } = request;
  if (dryRun) throw onlyWhole("?dryRun", "is for one message or a list");
  if (idempotencyKey !== undefined) throw onlyWhole("header:idempotency-key", "is for one message or a list");
  const { limits, sender, brokers } = services;
  const send = sender.inOrder({ topic, wire, brokers });
  const failed = (line: number | null, error: unknown) => text({ line, problem: problemOfSend(error, topic) });

  async function answerTo(line: Line): Promise<string | null> {
    try {
      const message = messageOn(line, limits.maxBodyBytes);
      return message === null ? null : text(await send(outgoing(message)));
    } catch (error) {
      // Ours alone, and for the log: the stream ends with it.
      if (!(error instanceof Fault) || isDefect(error)) throw error;
      return failed(line.number, error);
    }
  }

  const brokenOff = (error: unknown) =>
    failed(null, new Fault("invalid-argument", `Cannot read the body: it broke off: ${reasonOf(error)}`));
  const { maxMessagesAtOnce: maxAtOnce, maxStreamedBytes: maxBytes } = limits;
  const stream = lineAnswers(linesIn(lines, limits.maxBodyBytes), { answerTo, brokenOff, maxAtOnce, maxBytes });
  return {
    status: oneway ? 202 : 200,
    stream,
    // Nothing on the way may hold a line back.
    headers: { "content-type": NDJSON, "x-accel-buffering": "no" },
  };
}

function text(value: object): string {
  return `${stringifyJson(value as JsonValue)}\n`;
}

/** The message on a line, null on an empty one. Throws what is wrong with it. */
function messageOn({ number, bytes }: Line, maxLineBytes: number): GivenMessage | null {
  if (bytes === null) {
    throw new Fault("too-large", `Cannot read line ${number}: it has more than ${maxLineBytes} bytes`);
  }
  const line = decoded(bytes, number).trim();
  if (line === "") return null;
  const value = parseJson(line);
  const violations = violationsOf(MessageInput, value);
  if (violations.length === 0) return value as GivenMessage;
  const list = violations.map(({ pointer, detail }) => `${pointer || "it"} ${detail}`).join("; ");
  throw new Fault("invalid-body", `Cannot take line ${number}: ${list}`, { violations });
}

function decoded(bytes: Uint8Array, number: number): string {
  try {
    return fromUtf8(bytes, "a line");
  } catch (cause) {
    throw new Fault("invalid-argument", `Cannot read line ${number}: it is not UTF-8`, { cause });
  }
}

function onlyWhole(pointer: string, detail: string): Fault {
  return new Fault("invalid-argument", `Cannot send line by line: ${pointer} ${detail}`, {
    violations: [{ pointer, detail }],
  });
}
