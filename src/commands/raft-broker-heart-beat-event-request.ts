import { command, nowhere } from "./command.ts";

export const raftBrokerHeartBeatEventRequest = command({
  code: 1018,
  name: "RAFT_BROKER_HEART_BEAT_EVENT_REQUEST",
  description: "Stands in the raft log of controllers: a heartbeat of a broker. No server answers it. Since 5.2.",
  servedBy: nowhere,
});
