import { Name, type Static, Type } from "../schema/types.ts";
import { MessageModel } from "./consumption.ts";
import { jsonBody } from "./json.ts";
import { MessageQueue } from "./message-queue.ts";
import { RequestMode } from "./request-mode.ts";

/** QueryAssignmentRequestBody: a client that asks which queues are its own. */
export const AssignmentQuery = Type.Object(
  {
    topic: Name("topic name"),
    consumerGroup: Name("consumer group"),
    clientId: Name("client"),
    strategyName: Name("how queues are shared out: AVG or AVG_BY_CIRCLE"),
    messageModel: MessageModel,
  },
  { additionalProperties: false },
);
export type AssignmentQuery = Static<typeof AssignmentQuery>;

export const assignmentQuery = jsonBody(AssignmentQuery);

/** MessageQueueAssignment: a queue of the client. With pop, queueId -1 stands for all of them. */
const QueueAssignment = Type.Object({
  messageQueue: MessageQueue,
  mode: RequestMode,
  attachments: Type.Optional(Type.Record(Type.String(), Type.String())),
});

/** QueryAssignmentResponseBody: the queues of a client. */
export const Assignments = Type.Object({
  messageQueueAssignments: Type.Array(QueueAssignment, { description: "queues of the client" }),
});
export type Assignments = Static<typeof Assignments>;

export const assignments = jsonBody(Assignments);
