import { producerTable } from "../body/producer-connection.ts";
import { command, on } from "./command.ts";

export const getAllProducerInfo = command({
  code: 328,
  name: "GET_ALL_PRODUCER_INFO",
  description: "Every producer that is connected to a broker. Since 4.9.4.",
  servedBy: on("broker", "4.9.7", "5.5.0"),
  response: { body: producerTable },
});
