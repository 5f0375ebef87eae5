import type { Ask } from "../gateway/support/conformance.ts";
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
