import { accepted } from "../client/accepted.ts";
import type { Client } from "../client/client.ts";
import { countdown } from "../client/deadline.ts";
import type { CallValues } from "../client/encode.ts";
import type { Reply } from "../client/reply.ts";
import type { Target } from "../client/target.ts";
import type { Command } from "../commands/command.ts";
import { limits as defaults, type Limits } from "../limits.ts";
import type { Fields } from "../schema/fields.ts";
import { formatAddress } from "../transport/address.ts";
import { type Generation, generationOf } from "../wire/versions.ts";
import { type AddressMap, unmapped } from "./address-map.ts";
import { type BrokerLookup, createBrokerLookup } from "./broker-lookup.ts";
import { type BrokerOutcome, brokerOutcomeOf } from "./broker-outcome.ts";
import type { BrokerTarget } from "./broker-target.ts";
import { createDirectory } from "./directory.ts";
import type { Exchanges, NameServers } from "./name-servers.ts";

import { versionAt } from "./version-at.ts";

/** The brokers that the name servers know: found by name, cluster or topic, and called one by one or side by side. */
export interface Brokers extends BrokerLookup {
  /**
   * Asks one broker, and once more where it has moved meanwhile. Rejects as {@link Client.call}, or with `refused` when
   * it answered anything but SUCCESS.
   */
  read<Q extends Fields, QB, R extends Fields, RB>(
    broker: BrokerTarget,
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis?: number,
  ): Promise<Reply<R, RB>>;
  /** The same with the answer as it came, whatever its code: not every other one is a failure. */
  ask<Q extends Fields, QB, R extends Fields, RB>(
    broker: BrokerTarget,
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis?: number,
  ): Promise<Reply<R, RB>>;
  /** The same for what changes something: a dry run sends none of it. */
  write<Q extends Fields, QB, R extends Fields, RB>(
    broker: BrokerTarget,
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis?: number,
  ): Promise<Reply<R, RB>>;
  /** The same at a server that isn't one, but that a broker told of: it isn't looked for anywhere else. */
  writeTo<Q extends Fields, QB, R extends Fields, RB>(
    server: Target,
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis?: number,
  ): Promise<Reply<R, RB>>;
  /** Takes several steps with each of them, side by side under one deadline, of which `left` tells the rest. */
  each<T>(brokers: readonly BrokerTarget[], steps: BrokerSteps<T>, timeoutMillis?: number): Promise<BrokerOutcome<T>[]>;
  /** Asks each of them the same; outcomes in their order. Never rejects. */
  readEach<Q extends Fields, QB, R extends Fields, RB>(
    brokers: readonly BrokerTarget[],
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis?: number,
  ): Promise<BrokerOutcome<Reply<R, RB>>[]>;
  /** The same for what changes something. */
  writeEach<Q extends Fields, QB, R extends Fields, RB>(
    brokers: readonly BrokerTarget[],
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis?: number,
  ): Promise<BrokerOutcome<Reply<R, RB>>[]>;
  /** Which generation a broker is of, where that decides what to send. Not part of what a request sends or shows. */
  generation(broker: BrokerTarget, timeoutMillis?: number): Promise<Generation>;
  /** The same brokers, reached another way and within times that `clip` cuts. */
  through(exchanges: Exchanges, clip?: Clip): Brokers;
}

/** What to do with one broker: it resolves with what came of it, or rejects. */
export type BrokerSteps<T> = (broker: BrokerTarget, left: () => number) => Promise<T>;

/** What is left of a time, milliseconds. */
export type Clip = (timeoutMillis: number) => number;

type BrokersLimits = Pick<Limits, "timeoutMillis" | "discoveryTtlMillis" | "maxKeptRoutes">;

export interface BrokersOptions {
  readonly limits?: BrokersLimits;
  /** Where brokers are dialled; default where they are registered. */
  readonly map?: AddressMap;
}

const whole: Clip = (timeoutMillis) => timeoutMillis;

/** The brokers behind some name servers. What those say of brokers is asked over `nameServers` as it is given here. */
export function createBrokers(
  { call }: Pick<Client, "call">,
  nameServers: NameServers,
  { limits = defaults, map = unmapped }: BrokersOptions = {},
): Brokers {
  const directory = createDirectory(nameServers, { map, limits });
  const lookupWithin = (clip: Clip) =>
    createBrokerLookup(directory, { map, timeoutMillis: limits.timeoutMillis, clip });

  function through(exchanges: Exchanges, clip: Clip): Brokers {
    const lookup = lookupWithin(clip);
    const { timeoutMillis: usual } = limits;

    async function accept<Q extends Fields, QB, R extends Fields, RB>(
      exchange: Client["call"],
      broker: BrokerTarget,
      command: Command<Q, QB, R, RB>,
      values: CallValues<Q, QB>,
      timeoutMillis: number,
    ): Promise<Reply<R, RB>> {
      return lookup.reach(
        broker,
        async (one, left) => accepted(command, await exchange(one, command, values, left()), formatAddress(one)),
        timeoutMillis,
      );
    }

    const brokers: Brokers = {
      ...lookup,
      read: (broker, command, values, timeoutMillis = usual) =>
        accept(exchanges.read, broker, command, values, timeoutMillis),
      ask: (broker, command, values, timeoutMillis = usual) =>
        lookup.reach(broker, (one, left) => exchanges.read(one, command, values, left()), timeoutMillis),
      write: (broker, command, values, timeoutMillis = usual) =>
        accept(exchanges.write, broker, command, values, timeoutMillis),
      writeTo: async (server, command, values, timeoutMillis = usual) =>
        accepted(command, await exchanges.write(server, command, values, timeoutMillis), formatAddress(server)),
      each(targets, steps, timeoutMillis = usual) {
        const left = countdown(timeoutMillis);
        return Promise.all(targets.map((broker) => brokerOutcomeOf(broker, () => steps(broker, left))));
      },
      readEach: (targets, command, values, timeoutMillis) =>
        brokers.each(targets, (one, left) => brokers.read(one, command, values, left()), timeoutMillis),
      writeEach: (targets, command, values, timeoutMillis) =>
        brokers.each(targets, (one, left) => brokers.write(one, command, values, left()), timeoutMillis),
      generation: (broker, timeoutMillis = usual) =>
        lookup.reach(
          broker,
          async (one, left) => generationOf(await versionAt(one, call, clip(left()))),
          timeoutMillis,
        ),
      through: (other, otherClip = whole) => through(other, otherClip),
    };
    return brokers;
  }

  return through({ read: call, write: call }, whole);
}
