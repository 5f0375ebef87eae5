import { command, nowhere } from "./command.ts";

export const checkNotActiveBrokerRequest = command({
  code: 1015,
  name: "CHECK_NOT_ACTIVE_BROKER_REQUEST",
  description:
    "Stands in the raft log of controllers: look for brokers that fell silent. No server answers it. Since 5.2.",
  servedBy: nowhere,
});
