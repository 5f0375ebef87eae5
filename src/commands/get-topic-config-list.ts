import { command, nowhere } from "./command.ts";

export const getTopicConfigList = command({
  code: 22,
  name: "GET_TOPIC_CONFIG_LIST",
  description: "No server of any generation answers it.",
  servedBy: nowhere,
});
