import { consumerOffsets } from "../body/offset-tables.ts";
import { command, on } from "./command.ts";

export const getAllConsumerOffset = command({
  code: 43,
  name: "GET_ALL_CONSUMER_OFFSET",
  description: "Every committed offset of a broker.",
  servedBy: on("broker"),
  response: { body: consumerOffsets },
});
