import type { Server } from "../commands/command.ts";
import { getConsumerListByGroup } from "../commands/get-consumer-list-by-group.ts";
import { getKvConfig } from "../commands/get-kv-config.ts";
import type { RequestCommand } from "../session/session.ts";
import { encodeCall } from "./encode.ts";

/** A group that nobody consumes in. Brokers log its name once for each such question. */
export const NO_GROUP = "rocketmq-gateway-asks-your-version";

const probes: { readonly [S in Server]?: RequestCommand } = {
  // A key that no one sets: every name server answers it with a header and no body, however large its cluster.
  "name-server": encodeCall(getKvConfig, { namespace: "", key: "" }, undefined),
  // Every broker looks for it in memory and answers code 1. To ask for an offset would make 3.x and 4.x open a queue.
  broker: encodeCall(getConsumerListByGroup, { consumerGroup: NO_GROUP }, undefined),
};

/** A harmless request by which a kind of server tells its version, whatever that is; undefined where there is none. */
export function probeFor(kind: Server): RequestCommand | undefined {
  return probes[kind];
}
