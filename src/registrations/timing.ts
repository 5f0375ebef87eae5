import type { Limits } from "../limits.ts";
import { V5_0_0 } from "../wire/versions.ts";
import type { RegistrationSpec } from "./spec.ts";

export { backoffMillis } from "../client/backoff.ts";

type Life = Pick<RegistrationSpec, "heartbeatTimeoutMillis">;

/** How long after one registration the next one is due: as brokers do it, or in time for a shorter life. */
export function periodMillis({ heartbeatTimeoutMillis = Infinity }: Life, limits: Limits): number {
  return Math.min(limits.registerPeriodMillis, Number(heartbeatTimeoutMillis) / 3);
}

/** How long one refresh may take: it is over before the next one is due, as long as that isn't unreasonably soon. */
export function refreshTimeoutMillis(life: Life, limits: Limits): number {
  return Math.min(limits.registerTimeoutMillis, Math.max(periodMillis(life, limits), limits.minHeartbeatMillis));
}

/**
 * How long a server of this version keeps a registration without a word from the broker. One that isn't refreshed never
 * outlives its silent connection, whatever life it asked for.
 */
export function lifeMillis(
  { heartbeatTimeoutMillis }: Life,
  version: number | undefined,
  isRefreshed: boolean,
  limits: Limits,
): number {
  if (heartbeatTimeoutMillis === undefined || (version ?? 0) < V5_0_0) return limits.brokerExpiryMillis;
  const asked = Number(heartbeatTimeoutMillis);
  return isRefreshed ? asked : Math.min(asked, limits.brokerExpiryMillis);
}
