import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { unsent } from "../errors.ts";
import { type Generation, generationOf } from "../wire/versions.ts";

/** Which generation each broker is of, as it last said. */
export interface Generations {
  /** Asks the broker where nothing is known. */
  of(broker: BrokerTarget, brokers: Brokers): Promise<Generation>;
  /** What an answer of the broker says of its version. */
  heard(broker: BrokerTarget, version: number): void;
}

const MAX_BROKERS = 1_000;

export function createGenerations(): Generations {
  const known = new Map<string, Generation>();
  function note(address: string, generation: Generation): Generation {
    if (known.size >= MAX_BROKERS) known.clear();
    known.set(address, generation);
    return generation;
  }
  return {
    async of(broker, brokers) {
      const generation = known.get(broker.address);
      if (generation !== undefined) return generation;
      try {
        return note(broker.address, await brokers.generation(broker));
      } catch (error) {
        throw unsent(error);
      }
    },
    heard(broker, version) {
      note(broker.address, generationOf(version));
    },
  };
}
