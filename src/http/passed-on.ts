import type { Reply } from "../client/reply.ts";
import type { Answer } from "./route.ts";

/** The body of a server's answer as ours: as it came where that is strict JSON, read only where another view needs it. */
export function passedOn(reply: Reply): Answer {
  const { json } = reply;
  if (json === null) return { status: 200, body: reply.body };
  return {
    status: 200,
    json,
    get body() {
      return reply.body;
    },
  };
}
