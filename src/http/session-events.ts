import { Fault } from "../errors.ts";
import type { EventReader } from "../sessions/event-log.ts";
import type { Answer } from "./route.ts";
import { type SseSource, sseHeaders, sseStream } from "./sse.ts";

/** The events of a session as a stream. */
export function eventsAnswer(reader: EventReader, commentMillis: number): Answer {
  const source: SseSource = {
    async next() {
      const event = await reader.next();
      return event && { event: event.name, id: String(event.id), data: event.json };
    },
    close: reader.close,
  };
  return { status: 200, headers: sseHeaders, stream: sseStream(source, commentMillis) };
}

/** The id of an event. */
export const EVENT_NUMBER = "^[0-9]{1,15}$";

/** The number of the event that a Last-Event-ID names. Throws `invalid-argument` for one that no session gave out. */
export function eventNumber(lastEventId: string | undefined): number | undefined {
  if (lastEventId === undefined) return undefined;
  if (new RegExp(EVENT_NUMBER).test(lastEventId)) return Number(lastEventId);
  throw new Fault("invalid-argument", "Cannot go on behind that event: its id is no number", {
    violations: [{ pointer: "header:last-event-id", detail: "must be the id of an event of this session" }],
  });
}
