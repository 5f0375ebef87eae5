/**
 * The version in a header is the ordinal of MQVersion.Version. These are the ordinals at which something on the wire
 * changed; the numbers agree between 3.2.6, 4.9.7 and 5.5.0.
 */
export const V3_0_11 = 37;
/** What 3.2.6 reports of itself (V3_2_6_SNAPSHOT). */
export const V3_2_6 = 78;
export const V4_0_0 = 213;
export const V4_4_0 = 293;
export const V4_9_4 = 401;
export const V4_9_7 = 407;
export const V5_0_0 = 413;
/** The newest server that the gateway was proved against. */
export const V5_5_0 = 513;

/** The generations that the gateway speaks, by the release that stands for each. */
export type Generation = "3.2.6" | "4.9.7" | "5.5.0";

/** Which generation a server with this version belongs to; one that has not said anything is taken for the oldest. */
export function generationOf(version: number | undefined): Generation {
  if (version === undefined || version < V4_0_0) return "3.2.6";
  return version < V5_0_0 ? "4.9.7" : "5.5.0";
}
