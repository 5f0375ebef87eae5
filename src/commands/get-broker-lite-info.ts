import { brokerLiteInfo } from "../body/lite-topics.ts";
import { command, on } from "./command.ts";

export const getBrokerLiteInfo = command({
  code: 200074,
  name: "GET_BROKER_LITE_INFO",
  description: "Lite topics of a broker in numbers. Since 5.5.",
  servedBy: on("broker", "5.5.0"),
  response: { body: brokerLiteInfo },
});
