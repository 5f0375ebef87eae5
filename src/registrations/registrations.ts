import type { Client } from "../client/client.ts";
import { within } from "../client/deadline.ts";
import type { Outcome } from "../discovery/outcome.ts";
import { Fault } from "../errors.ts";
import { limits as defaults, type Limits } from "../limits.ts";
import type { Address } from "../transport/socket.ts";
import type { RegisterRequest, RegisterResult, Registration, Registrations } from "./api.ts";
import { createHeld, type Held } from "./held.ts";
import type { RegisterAnswer } from "./send.ts";
import { type RegistrationSpec, registrationId, specOf } from "./spec.ts";
import { noStore, type RegistrationStore } from "./store.ts";
import { turnsByKey } from "./turns.ts";

export type * from "./api.ts";

export interface RegistrationsOptions {
  readonly client: Pick<Client, "dial">;
  readonly nameServers: readonly Address[];
  readonly store?: RegistrationStore;
  readonly limits?: Partial<Limits>;
}

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
    refuseTwin(id, spec);
    if (alive.size >= limits.maxRegistrations) {
      throw new Fault("unavailable", `Cannot register: ${limits.maxRegistrations} registrations are held already`);
    }
    const registration = createHeld(id, spec, force, { client, nameServers, limits });
    alive.add(registration);
    return registration;
  }

  /** Two ids at one address would take each other's place at every refresh: name servers give an address one id. */
  function refuseTwin(id: string, spec: RegistrationSpec): void {
    const { brokerName, brokerAddr, brokerId } = spec;
    for (const other of held.values()) {
      const isSamePlace = other.spec.brokerName === brokerName && other.spec.brokerAddr === brokerAddr;
      if (!isSamePlace || other.spec.brokerId === brokerId) continue;
      const message = `Cannot register ${id}: ${other.id} is held at the same address ${brokerAddr}`;
      throw new Fault("conflict", message, { hint: `Delete ${other.id} first.` });
    }
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

  function forget(registration: Held): void {
    clearTimeout(passing.get(registration));
    passing.delete(registration);
    alive.delete(registration);
  }

  function drop(registration: Held): void {
    forget(registration);
    registration.drop();
  }

  function result(registration: Held, isNew: boolean, outcomes: readonly Outcome<RegisterAnswer>[]): RegisterResult {
    const { id, spec, states } = registration;
    return { id, spec, isHeld: held.get(id) === registration, isNew, outcomes, states };
  }

  async function registerNew(id: string, spec: RegistrationSpec, request: RegisterRequest): Promise<RegisterResult> {
    const registration = create(id, spec, request.force);
    const earlier = [...passing.keys()].filter((other) => other.id === id);
    // The servers know the broker by an earlier connection that is soon to close, so they must hear of this one.
    const force = request.force || earlier.length > 0;
    const outcomes = await registration.register({ force, oneway: request.oneway }, request.timeoutMillis);
    // A stop meanwhile releases it.
    ensureOpen();
    const { isEnough = (ok) => ok > 0 } = request;
    if (!isEnough(outcomes.filter(({ ok }) => ok).length, outcomes.length)) {
      drop(registration);
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
      await registration.release(limits.drainTimeoutMillis);
      forget(registration);
      throw error;
    }
    registration.keep();
  }

  async function update(
    registration: Held,
    spec: RegistrationSpec,
    { force, oneway, timeoutMillis }: Omit<RegisterRequest, "hold">,
  ): Promise<RegisterResult> {
    ensureOpen();
    const previous = registration.spec;
    registration.spec = spec;
    const outcomes = await registration.register({ force, oneway }, timeoutMillis);
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
      await registration.register({ force: true, oneway: false }, limits.drainTimeoutMillis);
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
    list: () => [...held.values()].map(view),
    get: (id) => view(find(id)),
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
        const outcomes = await registration.release(timeoutMillis);
        forget(registration);
        return outcomes;
      });
    },
    async restore() {
      for (const { spec, force } of await store.load()) {
        const id = registrationId(spec);
        if (held.has(id)) continue;
        const registration = create(id, spec, force);
        held.set(id, registration);
        registration.register({ force: true, oneway: false }, limits.registerTimeoutMillis);
        registration.keep();
      }
    },
    async close(timeoutMillis) {
      isClosed = true;
      const all = [...alive];
      const released = Promise.all(all.map((registration) => registration.release(timeoutMillis)));
      all.forEach(forget);
      const late = () => new Fault("timeout", "Cannot unregister everything: the time is over");
      // One may be on its way out already, with more time than this.
      await within(released, timeoutMillis, late).catch(() => {
        for (const registration of all) registration.drop();
      });
    },
  };
}

function view({ id, spec, states }: Held): Registration {
  return { id, spec, states };
}
