import { kvTable } from "../body/kv-table.ts";
import { registerBrokerBody } from "../body/register-broker.ts";
import { crc32 } from "../bytes/crc32.ts";
import { bool, derived, i32, i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const registerBroker = command({
  code: 103,
  name: "REGISTER_BROKER",
  description: "Registers a broker with its topics, on the connection that it came over.",
  servedBy: on("name-server"),
  versioned: true,
  request: {
    header: {
      brokerName: text("broker name"),
      brokerAddr: text("address of the broker, host:port"),
      clusterName: text("cluster name"),
      haServerAddr: text("address for replication, host:port"),
      brokerId: i64("0 is the master"),
      compressed: optional(bool("whether the body is a zlib stream, since 4.3")),
      bodyCrc32: derived(i32("CRC-32 of the body as sent, since 4.3"), crc32),
      heartbeatTimeoutMillis: optional(
        i64("how long the registration lives without a refresh, milliseconds, since 5.0"),
      ),
      enableActingMaster: optional(bool("whether a slave may act as master, since 5.0")),
      zoneName: optional(text("zone that the broker is in, since 5.0", { wire: "__ZONE_NAME" })),
    },
    body: registerBrokerBody,
  },
  response: {
    header: {
      haServerAddr: optional(text("the master's address for replication, told to slaves")),
      masterAddr: optional(text("the master's address, told to slaves")),
    },
    body: kvTable,
  },
});
