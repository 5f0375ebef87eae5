import { assignmentQuery, assignments } from "../body/assignment.ts";
import { command, on } from "./command.ts";

export const queryAssignment = command({
  code: 400,
  name: "QUERY_ASSIGNMENT",
  description: "Which queues a client consumes, where brokers share them out. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: { body: assignmentQuery },
  response: { body: assignments },
});
