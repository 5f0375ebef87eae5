import type { Client } from "../client/client.ts";
import type { Outcome } from "../discovery/outcome.ts";
import type { Limits } from "../limits.ts";
import type { Address } from "../transport/socket.ts";
import { createHolding, type HoldingState } from "./holding.ts";
import type { RegisterAnswer, RegisterOptions } from "./send.ts";
import type { RegistrationSpec } from "./spec.ts";

/** One registration at every name server. */
export interface Held {
  readonly id: string;
  /** What it says from the next attempt on. */
  spec: RegistrationSpec;
  readonly force: boolean;
  readonly states: readonly HoldingState[];
  /** Registers with all of them at the same time; outcomes in the configured order. Never rejects. */
  register(options: RegisterOptions, timeoutMillis: number): Promise<Outcome<RegisterAnswer>[]>;
  keep(): void;
  release(timeoutMillis: number): Promise<Outcome<void>[]>;
  drop(): void;
}

export interface HeldOptions {
  readonly client: Pick<Client, "dial">;
  readonly nameServers: readonly Address[];
  readonly limits: Limits;
}

export function createHeld(id: string, spec: RegistrationSpec, force: boolean, options: HeldOptions): Held {
  const { client, nameServers, limits } = options;
  const holdings = nameServers.map((address) =>
    createHolding({ address, client, limits, spec: () => registration.spec, force }),
  );
  const registration: Held = {
    id,
    spec,
    force,
    get states() {
      return holdings.map((holding) => holding.state);
    },
    register: (how, timeoutMillis) => Promise.all(holdings.map((holding) => holding.register(how, timeoutMillis))),
    keep() {
      for (const holding of holdings) holding.keep();
    },
    release: (timeoutMillis) => Promise.all(holdings.map((holding) => holding.release(timeoutMillis))),
    drop() {
      for (const holding of holdings) holding.drop();
    },
  };
  return registration;
}
