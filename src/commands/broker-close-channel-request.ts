import { command, nowhere } from "./command.ts";

export const brokerCloseChannelRequest = command({
  code: 1014,
  name: "BROKER_CLOSE_CHANNEL_REQUEST",
  description: "Stands in the raft log of controllers: a broker's connection closed. No server answers it. Since 5.2.",
  servedBy: nowhere,
});
