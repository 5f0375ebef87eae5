import { clientCheck } from "../body/client-check.ts";
import { command } from "./command.ts";

export const checkClientConfig = command({
  code: 46,
  name: "CHECK_CLIENT_CONFIG",
  description: "Checks whether a broker can compile the filter of a subscription; code 23 when it can't. Since 4.1.",
  servedBy: { "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: { body: clientCheck },
});
