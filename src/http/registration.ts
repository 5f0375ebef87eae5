import type { Registration } from "../registrations/registrations.ts";
import type { RegisterAnswer } from "../registrations/send.ts";
import type { RegistrationSpec } from "../registrations/spec.ts";
import { resultRow } from "./results.ts";

/** Where a held registration is found. */
export function registrationPath(id: string): string {
  return `/brokers/registrations/${encodeURIComponent(id)}`;
}

/** What one name server said to a registration. Nobody knows what it would have said to a one-way one. */
export function registrationRow(answer: RegisterAnswer, oneway = false): object {
  if (oneway) return { code: null, codeName: null };
  const { masterAddr, haServerAddr, kvTable, needRegister } = answer;
  return { masterAddr, haServerAddr, kvTable, ...(needRegister !== null && { needRegister }) };
}

/** What was registered, as the caller stated it with the defaults filled in. */
export function registeredSpec(id: string, spec: RegistrationSpec): object {
  const { clusterName, brokerName, brokerAddr, brokerId, ...rest } = spec;
  return { id, clusterName, brokerName, brokerAddr, brokerId, ...rest };
}

/** A held registration with how it stands at each name server. */
export function registrationView({ id, spec, states }: Registration): object {
  const results = states.map(({ nameServer, last, connected, expiresAt }) => {
    const row = last
      ? resultRow(last, (answer) => registrationRow(answer))
      : { nameServer, ok: false, code: null, codeName: null, remark: null };
    return { ...row, connected, expiresAt };
  });
  return { ...registeredSpec(id, spec), results };
}
