import { accepted } from "../client/accepted.ts";
import type { Client } from "../client/client.ts";
import { countdown } from "../client/deadline.ts";
import type { CallValues } from "../client/encode.ts";
import type { Reply } from "../client/reply.ts";
import type { Command } from "../commands/command.ts";
import { getKvConfig } from "../commands/get-kv-config.ts";
import { Fault, isRetryable } from "../errors.ts";
import { limits as defaults, type Limits } from "../limits.ts";
import type { Fields } from "../schema/fields.ts";
import { formatAddress } from "../transport/address.ts";
import type { Address } from "../transport/socket.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";

/** The configured name servers: reads go to one of them, writes to all. */
export interface NameServers {
  readonly addresses: readonly Address[];
  /**
   * Asks one name server, and the next when that one can't be reached or talks garbage, within one deadline. Rejects
   * with the last fault, or with `refused` when a server answered anything but SUCCESS.
   */
  read<Q extends Fields, QB, R extends Fields, RB>(
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis?: number,
  ): Promise<Reply<R, RB>>;
  /** Asks all of them at the same time, each within the deadline; outcomes in the configured order. Never rejects. */
  all<Q extends Fields, QB, R extends Fields, RB>(
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis?: number,
  ): Promise<Outcome<Reply<R, RB>>[]>;
  /** Takes several steps with each of them, side by side, each within the deadline, of which `left` tells the rest. */
  each<T>(steps: Steps<T>, timeoutMillis?: number): Promise<Outcome<T>[]>;
  /** Asks all of them something harmless: the MQVersion ordinal of each that answers, whatever it answers. */
  versions(timeoutMillis?: number): Promise<Outcome<number>[]>;
  /** One of them alone, by its `host:port`; undefined for one that isn't configured. */
  only(nameServer: string): NameServers | undefined;
  /** The same name servers, reached another way. */
  through(exchanges: Exchanges): NameServers;
}

/** What to do with one name server: it resolves with what came of it, or rejects. */
export type Steps<T> = (one: NameServers, left: () => number) => Promise<T>;

/** A key that no one sets: whoever answers is a name server that works, and its answer is short. */
const NO_KEY = { namespace: "", key: "" };

/** How commands reach a server: those that only read, and those that change something. */
export interface Exchanges {
  readonly read: Client["call"];
  readonly write: Client["call"];
}

/** The name servers behind a client. */
export function createNameServers(
  { call }: Pick<Client, "call">,
  addresses: readonly Address[],
  limits: Pick<Limits, "timeoutMillis"> = defaults,
): NameServers {
  // The one that answered last is asked first: a dead one costs its share of the deadline once, not at every read.
  return nameServersThrough({ read: call, write: call }, addresses, limits, { index: 0 });
}

function nameServersThrough(
  exchanges: Exchanges,
  addresses: readonly Address[],
  limits: Pick<Limits, "timeoutMillis">,
  preferred: { index: number },
): NameServers {
  function atAll<T>(attempt: (address: Address) => Promise<T>): Promise<Outcome<T>[]> {
    return Promise.all(addresses.map((address) => outcomeOf(formatAddress(address), () => attempt(address))));
  }

  function at(address: Address): NameServers {
    return nameServersThrough(exchanges, [address], limits, { index: 0 });
  }

  return {
    addresses,
    through: (other) => nameServersThrough(other, addresses, limits, preferred),
    async read(command, values, timeoutMillis = limits.timeoutMillis) {
      const deadline = performance.now() + timeoutMillis;
      const start = preferred.index;
      let last: Fault | undefined;
      for (let tried = 0; tried < addresses.length; tried++) {
        const index = (start + tried) % addresses.length;
        const share = (deadline - performance.now()) / (addresses.length - tried);
        try {
          const address = addresses[index] as Address;
          const reply = await exchanges.read(address, command, values, Math.max(1, share));
          accepted(command, reply, formatAddress(address));
          preferred.index = index;
          return reply;
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          if (error.fault === "refused") preferred.index = index;
          if (!isRetryable(error) && error.fault !== "undecodable") throw error;
          last = error;
        }
      }
      throw last ?? new Fault("unavailable", "Cannot ask a name server: none is configured");
    },
    all: (command, values, timeoutMillis = limits.timeoutMillis) =>
      atAll(async (address) => {
        const reply = await exchanges.write(address, command, values, timeoutMillis);
        return accepted(command, reply, formatAddress(address));
      }),
    each: (steps, timeoutMillis = limits.timeoutMillis) =>
      atAll((address) => steps(at(address), countdown(timeoutMillis))),
    versions: (timeoutMillis = limits.timeoutMillis) =>
      atAll(async (address) => (await exchanges.read(address, getKvConfig, NO_KEY, timeoutMillis)).command.version),
    only(nameServer) {
      const address = addresses.find((each) => formatAddress(each) === nameServer);
      return address && at(address);
    },
  };
}
