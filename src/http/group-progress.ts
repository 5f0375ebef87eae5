import { ConsumeTimeSpan } from "../body/consume-time-span.ts";
import { MessageQueue } from "../body/message-queue.ts";
import type { ConsumerStatus } from "../body/queue-offsets.ts";
import { Int64, type Static, Type } from "../schema/types.ts";
import type { Part } from "./gathered.ts";
import { ListOf } from "./list.ts";
import { inOrderOfQueues } from "./queue-order.ts";

/** Where the clients of a group are, each by its own word. */
export const GroupStatus = ListOf(
  Type.Object({
    clientId: Type.String({ description: "client" }),
    ...MessageQueue.properties,
    offset: Int64("offset that the client goes on with"),
  }),
);

const { messageQueue: _queue, ...times } = ConsumeTimeSpan.properties.consumeTimeSpanSet.items.properties;

/** How far in time a group is. */
export const TimeSpans = ListOf(Type.Object({ ...MessageQueue.properties, ...times }));

/** A row for each queue of each client, in the order of their ids. */
export function statusRows(status: ConsumerStatus | null): Static<typeof GroupStatus> {
  const clients = Object.entries(status?.consumerTable ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  const data = clients.flatMap(([clientId, rows]) => inOrderOfQueues(rows).map((row) => ({ clientId, ...row })));
  return { data, next: null };
}

/** A row for each queue. */
export function timeSpans(parts: readonly Part<ConsumeTimeSpan>[]): Static<typeof TimeSpans> {
  const spans = parts.flatMap(({ value }) => value.consumeTimeSpanSet);
  const rows = spans.map(({ messageQueue, ...span }) => ({ ...messageQueue, ...span }));
  return { data: inOrderOfQueues(rows), next: null };
}
