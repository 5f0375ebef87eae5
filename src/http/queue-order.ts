interface QueueNames {
  readonly topic?: string;
  readonly brokerName: string;
  readonly queueId: number;
}

/** Rows by topic, broker and queue: servers list them in no order. */
export function inOrderOfQueues<T extends QueueNames>(rows: readonly T[]): T[] {
  return [...rows].sort(
    (one, other) =>
      compare(one.topic ?? "", other.topic ?? "") ||
      compare(one.brokerName, other.brokerName) ||
      one.queueId - other.queueId,
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
