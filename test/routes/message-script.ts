import { createFakeQueues, message, stored } from "../messages/fake-queues.ts";
import type { Handler } from "../support/scripted-connection.ts";

const done: Handler = () => ({});
const { handlers } = createFakeQueues({ queueCount: 8 });

/** The message that every queue has at offset 3, as its min offset is told. */
export const kept = message({
  queueOffset: 3,
  queueId: 7,
  tags: "a",
  keys: ["k"],
  properties: { UNIQ_KEY: "7F0000010000000000000000CAFE0001" },
});

/** What a broker answers of its messages. */
export const messageScript: Readonly<Record<number, Handler>> = {
  11(request, connection) {
    const offset = Number(request.extFields?.queueOffset);
    if (offset !== 3) return handlers[11]?.(request, connection) ?? null;
    const queueId = Number(request.extFields?.queueId);
    const extFields = { nextBeginOffset: "4", minOffset: "3", maxOffset: "4", suggestWhichBrokerId: "0" };
    return { body: stored({ ...kept, queueId }), extFields };
  },
  12: () => ({
    body: stored(kept),
    extFields: { indexLastUpdateTimestamp: "1700000000003", indexLastUpdatePhyoffset: "1003" },
  }),
  36: done,
  46: done,
};
