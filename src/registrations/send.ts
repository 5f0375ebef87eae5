import type { KvTable } from "../body/kv-table.ts";
import type { TopicConfig } from "../body/topic-config.ts";
import { accepted } from "../client/accepted.ts";
import { countdown } from "../client/deadline.ts";
import type { Peer } from "../client/peer.ts";
import { isServedAt } from "../commands/command.ts";
import { queryDataVersion } from "../commands/query-data-version.ts";
import { registerBroker } from "../commands/register-broker.ts";
import { unregisterBroker } from "../commands/unregister-broker.ts";
import { SYSTEM_ERROR } from "../wire/response-codes.ts";
import { V4_4_0, V5_0_0 } from "../wire/versions.ts";
import type { RegistrationSpec } from "./spec.ts";

/** What a name server said to a registration, as a broker would take it. */
export interface RegisterAnswer {
  readonly masterAddr: string | null;
  readonly haServerAddr: string | null;
  /** The namespace ORDER_TOPIC_CONFIG; null where it was never used. */
  readonly kvTable: KvTable | null;
  /** False where the server holds the same DataVersion already, so that nothing was sent. Null: it wasn't asked. */
  readonly needRegister: boolean | null;
}

export interface RegisterOptions {
  /** Register without asking first whether the server's DataVersion differs. */
  readonly force: boolean;
  readonly oneway: boolean;
  /** Once it is aborted nothing more is sent; what was sent is waited for. */
  readonly signal?: AbortSignal;
}

const UNASKED: RegisterAnswer = { masterAddr: null, haServerAddr: null, kvTable: null, needRegister: null };
const READ_WRITE = 6;

/** Registers a broker over this connection, within the deadline. Rejects when the server doesn't take it. */
export async function sendRegister(
  peer: Peer,
  spec: RegistrationSpec,
  { force, oneway, signal }: RegisterOptions,
  timeoutMillis: number,
): Promise<RegisterAnswer> {
  const left = countdown(timeoutMillis);
  await peer.identify(left(), signal);
  const needRegister = force ? null : await differs(peer, spec, left(), signal);
  if (needRegister === false) return { ...UNASKED, needRegister };
  const values = registerValues(spec, peer.version ?? 0);
  if (oneway) {
    // Its refusal would go unheard, so it is not waited for.
    if (topicCount(spec) === 1 && (peer.version ?? 0) >= V5_0_0) await prime(peer, values, left(), signal);
    await peer.oneway(registerBroker, values, left(), signal);
    return { ...UNASKED, needRegister };
  }
  let reply = await peer.call(registerBroker, values, left(), signal);
  if (wantsPriming(reply, spec)) {
    await prime(peer, values, left(), signal);
    reply = await peer.call(registerBroker, values, left(), signal);
  }
  const { header, body } = accepted(registerBroker, reply, peer.session.remote);
  return {
    masterAddr: header.masterAddr ?? null,
    haServerAddr: header.haServerAddr ?? null,
    kvTable: body,
    needRegister,
  };
}

/** Whether the server's DataVersion differs. One that doesn't understand the question is told anyway, as by a broker. */
async function differs(
  peer: Peer,
  spec: RegistrationSpec,
  timeoutMillis: number,
  signal?: AbortSignal,
): Promise<boolean> {
  if (!isServedAt(queryDataVersion, "name-server", peer.version)) return true;
  const values = { ...identity(spec), body: spec.topicConfigSerializeWrapper.dataVersion };
  const { header } = await peer.call(queryDataVersion, values, timeoutMillis, signal);
  return header.changed ?? true;
}

function topicCount(spec: RegistrationSpec): number {
  return Object.keys(spec.topicConfigSerializeWrapper.topicConfigTable).length;
}

/**
 * 5.x refuses a broker that it doesn't know yet when its table holds exactly one topic (RouteInfoManager.registerBroker
 * returns null then). The refusal is all that tells, and the remark is the same in every 5.x.
 */
function wantsPriming({ code, remark }: { code: number; remark: string | null }, spec: RegistrationSpec): boolean {
  return code === SYSTEM_ERROR && remark === "register broker failed" && topicCount(spec) === 1;
}

/** Makes the broker known with an empty table of an older DataVersion, so that the real one counts as a change. */
async function prime(peer: Peer, values: RegisterValues, timeoutMillis: number, signal?: AbortSignal): Promise<void> {
  const dataVersion = { stateVersion: 0, timestamp: 0, counter: 0 };
  const body = { ...values.body, topicConfigSerializeWrapper: { dataVersion, topicConfigTable: {} } };
  const reply = await peer.call(registerBroker, { ...values, body }, timeoutMillis, signal);
  accepted(registerBroker, reply, peer.session.remote);
}

type RegisterValues = ReturnType<typeof registerValues>;

/** What a registration says to a server of this version. */
export function registerValues(spec: RegistrationSpec, version: number) {
  const { dataVersion, topicConfigTable } = spec.topicConfigSerializeWrapper;
  return {
    ...identity(spec),
    haServerAddr: spec.haServerAddr,
    // Servers before 4.4 take every body for plain JSON.
    compressed: spec.compressed && version >= V4_4_0 ? true : undefined,
    heartbeatTimeoutMillis: spec.heartbeatTimeoutMillis,
    enableActingMaster: spec.enableActingMaster,
    body: {
      topicConfigSerializeWrapper: { dataVersion, topicConfigTable: masked(topicConfigTable, spec.brokerPermission) },
      filterServerList: spec.filterServerList,
    },
  };
}

/** The topics with the broker's own permission applied, as BrokerController does before it registers. */
function masked(
  topics: Record<string, TopicConfig>,
  brokerPermission: number = READ_WRITE,
): Record<string, TopicConfig> {
  if (brokerPermission === READ_WRITE) return topics;
  const entries = Object.entries(topics);
  return Object.fromEntries(entries.map(([name, topic]) => [name, { ...topic, perm: topic.perm & brokerPermission }]));
}

/** Removes the broker from a server over this connection. */
export async function sendUnregister(peer: Peer, spec: RegistrationSpec, timeoutMillis: number): Promise<void> {
  const reply = await peer.call(unregisterBroker, identity(spec), timeoutMillis);
  accepted(unregisterBroker, reply, peer.session.remote);
}

/** What names the broker of a registration. */
export function identity({ clusterName, brokerName, brokerAddr, brokerId }: RegistrationSpec) {
  return { clusterName, brokerName, brokerAddr, brokerId };
}
