import { utf8 } from "../../src/bytes/utf8.ts";
import type { Handler } from "./scripted-connection.ts";

/** Takes the request and never says a word. */
export const silent: Handler = () => null;

/** Takes the request and not a byte more. */
export const stuck: Handler = (_request, connection) => {
  connection.stopReading();
  return null;
};

/** Hangs up on the request. */
export const closing: Handler = (_request, { socket }) => {
  socket.close();
  return null;
};

/** Answers what no frame is. */
export const garbage: Handler = (_request, connection) => {
  connection.send(utf8("HTTP/1.1 400 Bad Request\r\n\r\n"));
  return null;
};

/** Refuses as a server does. */
export function refusing(code: number, remark = "no"): Handler {
  return () => ({ code, remark });
}

/** Answers once it is let, and then at once; `waiting` counts the requests before that. */
export function gated(answer: Handler = () => ({})): { handler: Handler; open(): void; readonly waiting: number } {
  const gate = Promise.withResolvers<void>();
  let waiting = 0;
  return {
    async handler(request, connection) {
      waiting++;
      await gate.promise;
      return answer(request, connection);
    },
    open: () => gate.resolve(),
    get waiting() {
      return waiting;
    },
  };
}

/** What every name server answers to a registration, to its end, and to the question that tells its version. */
export const nameServerScript: Readonly<Record<number, Handler>> = {
  101: refusing(22, "No config item"),
  103: () => ({}),
  104: () => ({}),
  322: () => ({ extFields: { changed: "true" } }),
};
