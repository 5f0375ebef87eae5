import type { RegistrationSpec } from "./spec.ts";

/** A registration as it is kept over a restart. */
export interface StoredRegistration {
  readonly spec: RegistrationSpec;
  readonly force: boolean;
}

/** Where registrations outlive the process. */
export interface RegistrationStore {
  /** What was saved last. Rejects when it can't be read as what it must be. */
  load(): Promise<readonly StoredRegistration[]>;
  /** Replaces what was saved, wholly or not at all. */
  save(registrations: readonly StoredRegistration[]): Promise<void>;
}

/** Keeps nothing. */
export const noStore: RegistrationStore = {
  load: async () => [],
  save: async () => {},
};
