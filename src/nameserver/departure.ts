import { withoutWrite } from "./permission.ts";
import type { State } from "./state.ts";
import { type Broker, type Channel, MASTER_ID, type Replica } from "./tables/brokers.ts";

/** Forgets replicas, and with its last replica the broker and its topics. */
export function dropReplicas(state: State, isGone: (replica: Replica, broker: Broker) => boolean): void {
  for (const broker of [...state.brokers.values()]) {
    const gone = [...broker.replicas.values()].filter((replica) => isGone(replica, broker));
    for (const { id } of gone) broker.replicas.delete(id);
    if (gone.length > 0) settle(state, broker);
  }
}

function settle({ brokers, topics }: State, { name, replicas, enableActingMaster }: Broker): void {
  if (replicas.size === 0) {
    brokers.delete(name);
    topics.deleteBroker(name);
  } else if (enableActingMaster && !replicas.has(MASTER_ID)) {
    // The slave that now acts as master takes no messages.
    topics.changePermission(name, withoutWrite);
  }
}

/**
 * Forgets every broker whose last registration came over this connection. Real name servers forget one of them and
 * leave the others to their expiry, which is a defect that nobody can want here.
 */
export function dropChannel(state: State, channel: Channel): void {
  dropReplicas(state, (replica) => replica.channel === channel);
}

/** Forgets the brokers that were silent for too long and closes the connections that they registered over. */
export function dropExpired(state: State): void {
  const now = state.now();
  const expired = new Set<Replica>();
  dropReplicas(state, (replica) => {
    if (replica.lastSeenAt + replica.heartbeatTimeoutMillis < now) expired.add(replica);
    return expired.has(replica);
  });
  for (const { channel } of expired) channel.close();
}
