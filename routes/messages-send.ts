import { sendBatchMessage } from "../src/commands/send-batch-message.ts";
import { sendMessage } from "../src/commands/send-message.ts";
import { sendMessageV2 } from "../src/commands/send-message-v2.ts";
import { idempotencyHeaders } from "../src/http/idempotency-key.ts";
import { mannerQuery } from "../src/http/manner.ts";
import { messagesBody, NDJSON } from "../src/http/message-body.ts";
import { answer, post } from "../src/http/route.ts";
import { sendLinesAnswer } from "../src/http/send-lines.ts";
import { Sent, SentInPart, sendAnswer } from "../src/http/send-messages.ts";
import { Type } from "../src/schema/types.ts";

const Wire = Type.Union([Type.Literal("v1"), Type.Literal("v2")], {
  description: "v1 sends SEND_MESSAGE, one by one; default v2, SEND_MESSAGE_V2 and batches",
});

/** What 404 means where messages are sent. */
export const unknownTopic = { 404: "the name servers know no such topic, or its brokers don't" };

export const messagesSend = [
  post("/topics/{topic}/messages", {
    summary: "Send a message, a list of them, or one on each line of a stream",
    calls: [sendMessageV2, sendMessage, sendBatchMessage],
    query: { wire: Type.Optional(Wire), ...mannerQuery },
    headers: idempotencyHeaders,
    body: messagesBody,
    furtherMedia: [NDJSON],
    answers: {
      200: answer("where each message is; of lines, a receipt or `{line, problem}` on each", Sent),
      207: answer("some of a list were sent: a receipt or a problem for each", SentInPart),
    },
    problems: {
      ...unknownTopic,
      409: "the Idempotency-Key was given with another body before",
      501: "it is to be timed, and the broker is too old; or there is an Idempotency-Key, and nothing can be kept here",
      504: "the broker didn't answer in time: with `msgId`, the message may be stored all the same",
    },
    handle({ params: { topic }, query, headers, body }, services) {
      const request = { topic, ...query, idempotencyKey: headers["idempotency-key"] };
      return "lines" in body ? sendLinesAnswer(body, request, services) : sendAnswer(body, request, services);
    },
  }),
];
