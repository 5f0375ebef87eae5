import { command, nowhere } from "./command.ts";

export const getSyncStateDataRequest = command({
  code: 1017,
  name: "GET_SYNC_STATE_DATA_REQUEST",
  description: "Stands in the raft log of controllers: which replicas are in sync. No server answers it. Since 5.2.",
  servedBy: nowhere,
});
