import type { Outcome } from "../discovery/outcome.ts";
import type { HoldingState } from "./holding.ts";
import type { RegisterAnswer } from "./send.ts";
import type { RegistrationChange, RegistrationInput, RegistrationSpec } from "./spec.ts";

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
  /** Whether a new registration is to be kept when so many of all servers took it. Default: when one did. */
  readonly isEnough?: (ok: number, all: number) => boolean;
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
