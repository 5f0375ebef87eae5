import { epochCache } from "../body/epoch-cache.ts";
import { command, on } from "./command.ts";

export const getBrokerEpochCache = command({
  code: 1007,
  name: "GET_BROKER_EPOCH_CACHE",
  description: "Which master wrote which part of the commit log of a broker; code 1 without a controller. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  response: { body: epochCache },
});
