import { command, nowhere } from "./command.ts";

export const getBrokerLiveInfoRequest = command({
  code: 1016,
  name: "GET_BROKER_LIVE_INFO_REQUEST",
  description: "Stands in the raft log of controllers: which brokers are alive. No server answers it. Since 5.2.",
  servedBy: nowhere,
});
