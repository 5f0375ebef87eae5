import type { Client, Preview } from "../client/client.ts";
import { registerBroker } from "../commands/register-broker.ts";
import { unregisterBroker } from "../commands/unregister-broker.ts";
import type { Outcome } from "../discovery/outcome.ts";
import { formatAddress } from "../transport/address.ts";
import type { Address } from "../transport/socket.ts";
import type { Registrations } from "./api.ts";
import { AFTER_THE_PROBE } from "./holding.ts";
import { identity, type RegisterAnswer, registerValues } from "./send.ts";
import { type RegistrationInput, type RegistrationSpec, registrationId, specOf } from "./spec.ts";

const ANSWER: RegisterAnswer = { masterAddr: null, haServerAddr: null, kvTable: null, needRegister: null };

/**
 * The same registrations, but what would change something is only planned: `onPlan` hears of each request that would
 * be sent, and every name server is taken to accept it.
 */
export function planRegistrations(
  registrations: Registrations,
  nameServers: readonly Address[],
  preview: Client["preview"],
  onPlan: (preview: Preview) => void,
): Registrations {
  const statesOf = (id: string) => (registrations.has(id) ? registrations.get(id).states : []);

  async function plan<T>(id: string, value: T, show: (server: Address, opaque: number) => Promise<Preview>) {
    const outcomes = nameServers.map(async (server): Promise<Outcome<T>> => {
      const target = formatAddress(server);
      const known = statesOf(id).find(({ nameServer }) => nameServer === target);
      onPlan(await show(server, known?.nextOpaque ?? AFTER_THE_PROBE));
      return { target, elapsedMillis: 0, ok: true, value };
    });
    return Promise.all(outcomes);
  }

  async function register(input: RegistrationInput, previous: RegistrationSpec | undefined, oneway: boolean) {
    const id = registrationId(input);
    const spec = specOf(input, previous);
    const show = (server: Address, opaque: number) =>
      preview(server, registerBroker, (version = 0) => registerValues(spec, version), { opaque, oneway });
    const outcomes = await plan(id, ANSWER, show);
    return { id, spec, isHeld: true, isNew: previous === undefined, outcomes, states: statesOf(id) };
  }

  return {
    ...registrations,
    register: (input, { oneway }) => {
      const id = registrationId(input);
      return register(input, registrations.has(id) ? registrations.get(id).spec : undefined, oneway);
    },
    async change(id, change) {
      const { spec: previous } = registrations.get(id);
      const result = await register({ ...previous, ...change }, previous, false);
      return { ...result, staleTopics: [] };
    },
    release(id) {
      const { spec } = registrations.get(id);
      const show = (server: Address, opaque: number) =>
        preview(server, unregisterBroker, () => identity(spec), { opaque });
      return plan(id, undefined, show);
    },
  };
}
