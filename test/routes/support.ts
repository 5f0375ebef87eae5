import type { Ask } from "../gateway/support/conformance.ts";
import type { Rig } from "../gateway/support/rig.ts";
import { broker } from "../support/http.ts";

/** What names a broker to a name server: all that is needed to unregister it. */
export function identity(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  const { haServerAddr: _, ...members } = broker(overrides);
  return members;
}

/** The body that states these topics. */
export function topics(...names: readonly string[]): Record<string, unknown> {
  const topicConfigTable = Object.fromEntries(names.map((name) => [name, {}]));
  return { topicConfigSerializeWrapper: { topicConfigTable } };
}

/** Registers the broker of the examples with these topics. */
export function register(ask: Ask, overrides: Record<string, unknown> = {}, ...names: readonly string[]) {
  return ask("POST /brokers/register", { body: broker({ ...topics(...names), ...overrides }) });
}

/** Registers each broker of a rig: b1, b2 and so on of cluster c1, masters, with these topics. */
export async function registerBrokers(
  { ask, brokers }: Pick<Rig, "ask" | "brokers">,
  ...names: readonly string[]
): Promise<void> {
  for (const [index, { name }] of brokers.entries()) {
    const { status } = await register(ask, { brokerName: `b${index + 1}`, brokerAddr: name }, ...names);
    if (status !== 201) throw new Error(`Cannot register b${index + 1}: ${status}`);
  }
}
