import type { Client } from "../client/client.ts";
import type { Outcome } from "../discovery/outcome.ts";
import { Fault } from "../errors.ts";
import { limits as defaults, type Limits } from "../limits.ts";
import type { Address } from "../transport/socket.ts";
import { createHolding, type Holding, type HoldingState } from "./holding.ts";
import type { RegisterAnswer } from "./send.ts";
import {
  type RegistrationChange,
  type RegistrationInput,
  type RegistrationSpec,
  registrationId,
  specOf,
} from "./spec.ts";
import { noStore, type RegistrationStore } from "./store.ts";
import { turnsByKey } from "./turns.ts";

/** A registration that the gateway holds. */
export interface Registration {
  readonly id: string;
  readonly spec: RegistrationSpec;
  /** How it stands with each name server, in the configured order. */
  readonly states: readonly HoldingState[];
}

export interface RegisterRequest {
  readonly hold: boolean;
  readonly force: boolean;
  readonly oneway: boolean;
  readonly timeoutMillis: number;
}

/** What came of registering. */
export interface RegisterResult {
  readonly id: string;
  readonly spec: RegistrationSpec;
  readonly isHeld: boolean;
  /** Whether it was not held before. */
  readonly isNew: boolean;
  readonly outcomes: readonly Outcome<RegisterAnswer>[];
  readonly states: readonly HoldingState[];
}

/** What came of changing a held registration. */
export interface ChangeResult extends RegisterResult {
  /** Topics that it had and no longer has; name servers keep their routes. */
  readonly staleTopics: readonly string[];
}

/** The registrations of a gateway. */
export interface Registrations {
  /** Registers a broker with every name server and, unless told otherwise, holds it from then on. */
  register(input: RegistrationInput, request: RegisterRequest): Promise<RegisterResult>;
  /** Replaces what a held registration says and registers at once. Rejects with `not-found`. */
  change(id: string, change: RegistrationChange, timeoutMillis: number): Promise<ChangeResult>;
  list(): readonly Registration[];
  /** Rejects with `not-found` when it isn't held. */
  get(id: string): Registration;
  /** Whether the gateway holds this registration. */
  has(id: string): boolean;
  /** Unregisters and forgets. Rejects with `not-found`. */
  release(id: string, timeoutMillis: number): Promise<Outcome<void>[]>;
  /** Holds again what the store kept. Rejects when the store can't be read or written. */
  restore(): Promise<void>;
  /** Unregisters everything, as far as the time allows; the store keeps it. */
  close(timeoutMillis: number): Promise<void>;
}

export interface RegistrationsOptions {
  readonly client: Pick<Client, "dial">;
  readonly nameServers: readonly Address[];
  readonly store?: RegistrationStore;
  readonly limits?: Partial<Limits>;
}

interface Held {
  spec: RegistrationSpec;
  readonly force: boolean;
  readonly holdings: readonly Holding[];
}

export function createRegistrations(options: RegistrationsOptions): Registrations {
  const { client, nameServers, store = noStore } = options;
  const limits: Limits = { ...defaults, ...options.limits };
  const held = new Map<string, Held>();
  /** Registered but not held (yet), each with the timer that ends it. */
  const passing = new Map<Held, ReturnType<typeof setTimeout> | undefined>();
  const inTurn = turnsByKey();
  let isClosed = false;

  function create(spec: RegistrationSpec, force: boolean): Held {
    if (isClosed) throw new Fault("unavailable", "Cannot register: the gateway is stopping");
    if (held.size + passing.size >= limits.maxRegistrations) {
      throw new Fault("unavailable", `Cannot register: ${limits.maxRegistrations} registrations are held already`);
    }
    const registration: Held = {
      spec,
      force,
      holdings: nameServers.map((address) =>
        createHolding({ address, client, limits, spec: () => registration.spec, force }),
      ),
    };
    return registration;
  }

  /** Saves are turns of one key: the last one wins, and it holds everything. */
  function save(): Promise<void> {
    return inTurn("store", () => store.save([...held.values()].map(({ spec, force }) => ({ spec, force }))));
  }

  function find(id: string): Held {
    const registration = held.get(id);
    if (registration) return registration;
    throw new Fault("not-found", `Cannot find registration ${id}: the gateway holds none of that id`);
  }

  function registerAll({ holdings }: Held, { force, oneway, timeoutMillis }: Omit<RegisterRequest, "hold">) {
    return Promise.all(holdings.map((holding) => holding.register({ force, oneway }, timeoutMillis)));
  }

  function result(
    id: string,
    registration: Held,
    isNew: boolean,
    outcomes: readonly Outcome<RegisterAnswer>[],
  ): RegisterResult {
    const states = registration.holdings.map((holding) => holding.state);
    return { id, spec: registration.spec, isHeld: held.get(id) === registration, isNew, outcomes, states };
  }

  async function registerNew(id: string, spec: RegistrationSpec, request: RegisterRequest): Promise<RegisterResult> {
    const registration = create(spec, request.force);
    // Noted before it is registered, so that a stop meanwhile finds it.
    passing.set(registration, undefined);
    const outcomes = await registerAll(registration, request);
    if (!outcomes.some((outcome) => outcome.ok)) {
      drop(registration);
      return result(id, registration, true, outcomes);
    }
    if (request.hold) await hold(id, registration);
    else dropLater(registration);
    return result(id, registration, true, outcomes);
  }

  async function hold(id: string, registration: Held): Promise<void> {
    passing.delete(registration);
    if (isClosed) return;
    held.set(id, registration);
    try {
      await save();
    } catch (error) {
      held.delete(id);
      await Promise.all(registration.holdings.map((holding) => holding.release(limits.drainTimeoutMillis)));
      throw error;
    }
    for (const holding of registration.holdings) holding.keep();
  }

  function drop(registration: Held): void {
    passing.delete(registration);
    for (const holding of registration.holdings) holding.drop();
  }

  /** A registration that isn't held lives until the servers' time is over; then its connections go. */
  function dropLater(registration: Held): void {
    if (passing.has(registration)) passing.set(registration, setTimeout(drop, limits.brokerExpiryMillis, registration));
  }

  async function update(
    id: string,
    registration: Held,
    spec: RegistrationSpec,
    request: Omit<RegisterRequest, "hold">,
  ) {
    const previous = registration.spec;
    registration.spec = spec;
    const outcomes = await registerAll(registration, request);
    if (outcomes.some((outcome) => outcome.ok)) await save();
    else registration.spec = previous;
    return result(id, registration, false, outcomes);
  }

  return {
    register(input, request) {
      const id = registrationId(input);
      return inTurn(id, async () => {
        const known = held.get(id);
        if (known === undefined) return registerNew(id, specOf(input), request);
        if (!request.hold) {
          const hint = "Delete it first, or leave out hold.";
          throw new Fault("conflict", `Cannot register ${id} for a while: the gateway holds it already`, { hint });
        }
        return update(id, known, specOf(input, known.spec), request);
      });
    },
    change(id, change, timeoutMillis) {
      return inTurn(id, async () => {
        const registration = find(id);
        const previous = registration.spec;
        const spec = specOf({ ...previous, ...change }, previous);
        if (registrationId(spec) !== id) {
          const message = `Cannot change registration ${id}: clusterName, brokerName and brokerId say which one it is`;
          throw new Fault("conflict", message, { hint: "Leave them out, or register the other broker." });
        }
        const request = { force: true, oneway: false, timeoutMillis };
        const changed = await update(id, registration, spec, request);
        const topics = spec.topicConfigSerializeWrapper.topicConfigTable;
        const before = Object.keys(previous.topicConfigSerializeWrapper.topicConfigTable);
        return { ...changed, staleTopics: before.filter((topic) => !Object.hasOwn(topics, topic)) };
      });
    },
    list: () => [...held].map(([id, { spec, holdings }]) => ({ id, spec, states: holdings.map(({ state }) => state) })),
    get(id) {
      const { spec, holdings } = find(id);
      return { id, spec, states: holdings.map(({ state }) => state) };
    },
    has: (id) => held.has(id),
    release(id, timeoutMillis) {
      return inTurn(id, async () => {
        const { holdings } = find(id);
        held.delete(id);
        const [outcomes] = await Promise.all([
          Promise.all(holdings.map((holding) => holding.release(timeoutMillis))),
          save(),
        ]);
        return outcomes;
      });
    },
    async restore() {
      const stored = await store.load();
      // A store that can't be written is found out now, not by the first caller.
      await store.save(stored);
      for (const { spec, force } of stored) {
        const registration = create(spec, force);
        held.set(registrationId(spec), registration);
        for (const holding of registration.holdings) {
          holding.register({ force: true, oneway: false }, limits.registerTimeoutMillis).then(holding.keep);
        }
      }
    },
    async close(timeoutMillis) {
      isClosed = true;
      for (const timer of passing.values()) clearTimeout(timer);
      const all = [...held.values(), ...passing.keys()].flatMap(({ holdings }) => holdings);
      held.clear();
      passing.clear();
      await Promise.all(all.map((holding) => holding.release(timeoutMillis)));
    },
  };
}
