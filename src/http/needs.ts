import { Fault } from "../errors.ts";
import type { Registrations } from "../registrations/registrations.ts";
import type { KeptReceipts } from "../sending/kept-receipts.ts";
import type { Sessions } from "../sessions/api.ts";
import type { Services } from "./services.ts";

/** The registrations, or a `not-supported` fault where this host can't hold any. */
export function needRegistrations({ registrations }: Services): Registrations {
  if (registrations) return registrations;
  throw new Fault("not-supported", "Cannot hold registrations here: a connection ends with its request", {
    hint: "Run the gateway on Bun, Deno or Node.js to register brokers.",
  });
}

/** The sessions, or a `not-supported` fault where this host can't hold any. */
export function needSessions({ sessions }: Services): Sessions {
  if (sessions) return sessions;
  throw new Fault("not-supported", "Cannot hold sessions here: a connection ends with its request", {
    hint: "Run the gateway on Bun, Deno or Node.js to be a client of brokers.",
  });
}

/** What was sent under keys of callers, or a `not-supported` fault where this host can't keep it. */
export function needKeptReceipts({ keptReceipts }: Services): KeptReceipts {
  if (keptReceipts) return keptReceipts;
  throw new Fault("not-supported", "Cannot keep an Idempotency-Key here: what is known ends with its request", {
    hint: "Run the gateway on Bun, Deno or Node.js, or send without the key.",
  });
}

/** Throws a `forbidden` fault unless handing code to filter servers was switched on. */
export function needFilterClasses({ allowsFilterClasses }: Services): void {
  if (allowsFilterClasses) return;
  throw new Fault("forbidden", "Cannot give a filter server a class: that is switched off, for it would run the code", {
    hint: "Start the gateway with ALLOW_FILTER_CLASSES=true to switch it on.",
  });
}

/** Throws a `forbidden` fault unless changing properties of servers was switched on. */
export function needConfigChanges({ allowsConfigChanges }: Services): void {
  if (allowsConfigChanges) return;
  throw new Fault("forbidden", "Cannot change properties of a server: that is switched off", {
    hint: "Start the gateway with ALLOW_CONFIG_CHANGES=true to switch it on.",
  });
}
