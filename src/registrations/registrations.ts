import type { Client } from "../client/client.ts";
import { within } from "../client/deadline.ts";
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
  /**
   * Registers a broker with every name server and, unless told otherwise, holds it from then on. Nothing is held when
   * every server failed. Rejects with `conflict` (held, and not to be held), `unavailable` (too many, or stopping), or
   * with what the store says; then nothing has changed.
   */
  register(input: RegistrationInput, request: RegisterRequest): Promise<RegisterResult>;
  /** Replaces what a held registration says and registers at once. Rejects with `not-found`, or as `register` does. */
  change(id: string, change: RegistrationChange, timeoutMillis: number): Promise<ChangeResult>;
  list(): readonly Registration[];
  /** Throws `not-found` when it isn't held. */
  get(id: string): Registration;
  /** Whether the gateway holds this registration. */
  has(id: string): boolean;
  /** Forgets and unregisters. Rejects with `not-found`, or with what the store says; then it is held as before. */
  release(id: string, timeoutMillis: number): Promise<Outcome<void>[]>;
  /** Holds again what the store kept; does not wait for the name servers. */
  restore(): Promise<void>;
  /** Unregisters everything, as far as the time allows, and closes every connection; the store keeps what was held. */
  close(timeoutMillis: number): Promise<void>;
}

export interface RegistrationsOptions {
  readonly client: Pick<Client, "dial">;
  readonly nameServers: readonly Address[];
  readonly store?: RegistrationStore;
  readonly limits?: Partial<Limits>;
}

interface Held {
  readonly id: string;
  spec: RegistrationSpec;
  readonly force: boolean;
  readonly holdings: readonly Holding[];
}

type Sending = Omit<RegisterRequest, "hold">;

export function createRegistrations(options: RegistrationsOptions): Registrations {
  const { client, nameServers, store = noStore } = options;
  const limits: Limits = { ...defaults, ...options.limits };
  /** All that may have connections, so that a stop finds them. */
  const alive = new Set<Held>();
  const held = new Map<string, Held>();
  /** Registered and not held, each with the timer that ends it. */
  const passing = new Map<Held, ReturnType<typeof setTimeout>>();
  const inTurn = turnsByKey();
  let isClosed = false;

  function ensureOpen(): void {
    if (isClosed) throw new Fault("unavailable", "Cannot register: the gateway is stopping");
  }

  function create(id: string, spec: RegistrationSpec, force: boolean): Held {
    ensureOpen();
    if (alive.size >= limits.maxRegistrations) {
      throw new Fault("unavailable", `Cannot register: ${limits.maxRegistrations} registrations are held already`);
    }
    const registration: Held = {
      id,
      spec,
      force,
      holdings: nameServers.map((address) =>
        createHolding({ address, client, limits, spec: () => registration.spec, force }),
      ),
    };
    alive.add(registration);
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

  function registerAll({ holdings }: Held, { force, oneway, timeoutMillis }: Sending) {
    return Promise.all(holdings.map((holding) => holding.register({ force, oneway }, timeoutMillis)));
  }

  async function releaseAll(registration: Held, timeoutMillis: number): Promise<Outcome<void>[]> {
    const outcomes = await Promise.all(registration.holdings.map((holding) => holding.release(timeoutMillis)));
    alive.delete(registration);
    return outcomes;
  }

  function drop(registration: Held): void {
    clearTimeout(passing.get(registration));
    passing.delete(registration);
    alive.delete(registration);
    for (const holding of registration.holdings) holding.drop();
  }

  function result(registration: Held, isNew: boolean, outcomes: readonly Outcome<RegisterAnswer>[]): RegisterResult {
    const { id, spec, holdings } = registration;
    const states = holdings.map((holding) => holding.state);
    return { id, spec, isHeld: held.get(id) === registration, isNew, outcomes, states };
  }

  async function registerNew(id: string, spec: RegistrationSpec, request: RegisterRequest): Promise<RegisterResult> {
    const registration = create(id, spec, request.force);
    const earlier = [...passing.keys()].filter((other) => other.id === id);
    // The servers know the broker by an earlier connection that is soon to close, so they must hear of this one.
    const force = request.force || earlier.length > 0;
    const outcomes = await registerAll(registration, { ...request, force });
    if (isClosed || !outcomes.some((outcome) => outcome.ok)) {
      drop(registration);
      ensureOpen();
      return result(registration, true, outcomes);
    }
    if (outcomes.every((outcome) => outcome.ok)) earlier.forEach(drop);
    if (request.hold) await hold(registration);
    // It lives until the servers' time is over; then its connections go.
    else passing.set(registration, setTimeout(drop, limits.brokerExpiryMillis, registration));
    return result(registration, true, outcomes);
  }

  async function hold(registration: Held): Promise<void> {
    held.set(registration.id, registration);
    try {
      await save();
    } catch (error) {
      held.delete(registration.id);
      await releaseAll(registration, limits.drainTimeoutMillis);
      throw error;
    }
    for (const holding of registration.holdings) holding.keep();
  }

  async function update(registration: Held, spec: RegistrationSpec, request: Sending): Promise<RegisterResult> {
    ensureOpen();
    const previous = registration.spec;
    registration.spec = spec;
    const outcomes = await registerAll(registration, request);
    if (!outcomes.some((outcome) => outcome.ok)) registration.spec = previous;
    else if (spec !== previous) await keepOver(registration, previous);
    return result(registration, false, outcomes);
  }

  /** Saves a change. The servers hear of the previous state again when that fails. */
  async function keepOver(registration: Held, previous: RegistrationSpec): Promise<void> {
    try {
      await save();
    } catch (error) {
      registration.spec = previous;
      await registerAll(registration, { force: true, oneway: false, timeoutMillis: limits.drainTimeoutMillis });
      throw error;
    }
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
        return update(known, specOf(input, known.spec), request);
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
        const changed = await update(registration, spec, request);
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
        const registration = find(id);
        held.delete(id);
        try {
          await save();
        } catch (error) {
          held.set(id, registration);
          throw error;
        }
        return releaseAll(registration, timeoutMillis);
      });
    },
    async restore() {
      for (const { spec, force } of await store.load()) {
        const id = registrationId(spec);
        if (held.has(id)) continue;
        const registration = create(id, spec, force);
        held.set(id, registration);
        for (const holding of registration.holdings) {
          holding.register({ force: true, oneway: false }, limits.registerTimeoutMillis).then(holding.keep);
        }
      }
    },
    async close(timeoutMillis) {
      isClosed = true;
      const all = [...alive];
      for (const registration of all) clearTimeout(passing.get(registration));
      const released = Promise.all(all.map((registration) => releaseAll(registration, timeoutMillis)));
      const late = () => new Fault("timeout", "Cannot unregister everything: the time is over");
      // Some may be on their way out already, with more time than this.
      await within(released, timeoutMillis, late).catch(() => all.forEach(drop));
    },
  };
}
