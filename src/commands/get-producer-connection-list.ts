import { producerConnection } from "../body/producer-connection.ts";
import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const getProducerConnectionList = command({
  code: 204,
  name: "GET_PRODUCER_CONNECTION_LIST",
  description: "Clients of a producer group; code 1 when none is connected.",
  servedBy: on("broker"),
  request: { header: { producerGroup: text("producer group"), ...rpcHeader } },
  response: { body: producerConnection },
});
