import type { Command } from "../commands/command.ts";
import { endTransaction } from "../commands/end-transaction.ts";
import { getConsumerStatusFromClient } from "../commands/get-consumer-status-from-client.ts";
import { Fault } from "../errors.ts";
import type { Limits } from "../limits.ts";
import type { Session } from "../session/session.ts";
import { encodeFrame, type Frame } from "../wire/frame.ts";
import { identityFor } from "../wire/identity.ts";
import { type ExtFields, isOneway, responseTo } from "../wire/remoting-command.ts";
import { type Answer, defaultAnswer } from "./default-answer.ts";
import type { EventLog } from "./event-log.ts";
import type { SessionBroker } from "./link.ts";
import { bodyOf, eventNameOf, meaningOf } from "./meaning.ts";
import type { SessionSpec } from "./spec.ts";

/** What a caller answers a broker with. */
export interface QuestionReply extends Answer {
  readonly extFields: ExtFields;
}

/** A request of a broker that waits for its answer. */
export interface Question {
  /** What it is, undefined for a code that no known command has. */
  readonly meaning: Command | undefined;
  /** MQVersion ordinal of the broker. */
  readonly version: number;
}

/** What brokers ask of a session. */
export interface Questions {
  /** Makes an event of a broker's request; resolves with the answer to it, null where none is awaited. */
  ask(frame: Frame, connection: Session, broker: SessionBroker): Promise<Frame | null>;
  /**
   * The question of an event. Throws `not-found` for no event, `conflict` for one that has its answer or wants none, and
   * `gone` where it is too late.
   */
  find(eventId: string): Question;
  /** Answers the question of an event. Throws as `find` does, or `too-large`; the question then waits on. */
  reply(eventId: string, reply: QuestionReply): void;
  /** Answers all that wait by default; further ones at once. */
  end(): void;
}

export interface QuestionsOptions {
  readonly log: EventLog;
  readonly spec: SessionSpec;
  readonly limits: Limits;
  /** Whether anybody listens to the session now. */
  readonly isHeard: () => boolean;
}

/** What became of a request. */
type Fate = "one-way" | "answered" | "late";

interface Waiting extends Question {
  readonly frame: Frame;
  readonly connection: Session;
  readonly settle: (answer: Frame) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

export function createQuestions({ log, spec, limits, isHeard }: QuestionsOptions): Questions {
  const waiting = new Map<number, Waiting>();
  /** Of the latest requests that wait no more. */
  const fates = new Map<number, Fate>();
  let isOver = false;

  function settle(id: number, fate: Fate, answer?: Frame): void {
    const question = waiting.get(id);
    if (question) {
      waiting.delete(id);
      clearTimeout(question.timer);
      question.settle(answer ?? byDefault(question.frame, question.meaning));
    }
    fates.set(id, fate);
    const [oldest] = fates.keys();
    if (fates.size > limits.maxEventsKept && oldest !== undefined) fates.delete(oldest);
  }

  function byDefault(frame: Frame, meaning: Command | undefined): Frame {
    return answerTo(frame, { ...defaultAnswer(frame.command, meaning, spec), extFields: {} });
  }

  function open(eventId: string): [id: number, question: Waiting] {
    const id = /^[1-9][0-9]{0,14}$/.test(eventId) ? Number(eventId) : Number.POSITIVE_INFINITY;
    if (id > log.lastId) throw new Fault("not-found", `Cannot reply to event ${eventId}: there is no such event`);
    const question = waiting.get(id);
    if (question === undefined) throw closed(id, fates.get(id));
    if (question.connection.isOpen) return [id, question];
    throw new Fault("gone", `Cannot reply to event ${id}: the connection that it came over is closed`);
  }

  return {
    async ask(frame, connection, broker) {
      const { command: request } = frame;
      const meaning = meaningOf(request);
      const oneway = isOneway(request) || (meaning?.oneWay ?? false);
      const isAwaited = !oneway && !isOver && isHeard() && waiting.size < limits.maxEventsKept;
      const patienceMillis = patienceFor(request.code, limits);
      const id = log.append(eventNameOf(request.code), (eventId) => ({
        eventId: String(eventId),
        requestCode: request.code,
        codeName: meaning?.name ?? null,
        extFields: { ...request.extFields },
        ...bodyOf(request, meaning),
        deadline: isAwaited ? Date.now() + patienceMillis : null,
        oneway,
        brokerName: broker.brokerName,
        brokerId: broker.brokerId,
        brokerAddr: broker.address,
      }));
      if (!isAwaited) {
        settle(id, oneway ? "one-way" : "late");
        return oneway ? null : byDefault(frame, meaning);
      }
      // A message that was asked to be consumed is in the event; here it would only take room.
      const asked = { ...frame, command: { ...request, body: null } };
      return new Promise((resolve) => {
        const timer = setTimeout(settle, patienceMillis, id, "late");
        waiting.set(id, { frame: asked, connection, meaning, version: request.version, settle: resolve, timer });
      });
    },
    find: (eventId) => open(eventId)[1],
    reply(eventId, reply) {
      const [id, { frame }] = open(eventId);
      const answer = answerTo(frame, reply);
      // It fails here, where somebody hears of it, and not on its way out.
      encodeFrame(answer, limits.maxFrameBytes);
      settle(id, "answered", answer);
    },
    end() {
      isOver = true;
      for (const id of [...waiting.keys()]) settle(id, "late");
    },
  };
}

function answerTo({ serializeType, command }: Frame, answer: QuestionReply): Frame {
  return { serializeType, command: responseTo(command, identityFor(command.version), answer) };
}

/** How long a question waits before it is answered by default: less than its broker does. */
function patienceFor(code: number, { replyMillis, statusReplyMillis }: Limits): number {
  return code === getConsumerStatusFromClient.code ? statusReplyMillis : replyMillis;
}

function closed(id: number, fate: Fate | undefined): Fault {
  switch (fate) {
    case "one-way":
      return new Fault("conflict", `Cannot reply to event ${id}: its broker awaits no answer`, {
        hint: `It is only told. A transaction is ended with the offsets of its check (${endTransaction.name}).`,
      });
    case "answered":
      return new Fault("conflict", `Cannot reply to event ${id}: it has been answered`);
    default:
      return new Fault("gone", `Cannot reply to event ${id}: its time is over`, {
        hint: "The broker was told that nobody answered. Listen to the session's events, and reply before `deadline`.",
      });
  }
}
