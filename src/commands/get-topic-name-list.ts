import { command, nowhere } from "./command.ts";

export const getTopicNameList = command({
  code: 23,
  name: "GET_TOPIC_NAME_LIST",
  description: "No server of any generation answers it.",
  servedBy: nowhere,
});
