import type { Client, Preview } from "../client/client.ts";
import { countdown } from "../client/deadline.ts";
import { replyOf } from "../client/reply.ts";
import type { Manner } from "../http/manner.ts";
import type { Services } from "../http/services.ts";
import { planRegistrations } from "../registrations/plan.ts";
import { planSessions } from "../sessions/plan.ts";
import type { RemotingCommand } from "../wire/remoting-command.ts";
import { V5_5_0 } from "../wire/versions.ts";

/** What one request has at hand, and what is noted of what it does. */
export interface Scope {
  readonly services: Services;
  /** What would be sent, for a dry run. */
  readonly plans: readonly Preview[];
  /** The answers to reads as they came. */
  readonly replies: readonly RemotingCommand[];
}

/** The answer that stands in where none is waited for. */
const SILENCE: RemotingCommand = {
  code: 0,
  language: "OTHER",
  version: V5_5_0,
  opaque: 0,
  flag: 1,
  remark: null,
  extFields: null,
  body: null,
};

/** How one request is served. */
export interface ScopeOptions {
  readonly manner: Manner;
  /** How long it wants to wait at most, milliseconds; null for as long as usual. */
  readonly waitMillis: number | null;
  /** Whether the answers to its reads are noted. */
  readonly keepsReplies: boolean;
}

/** The services as one request uses them: in the manner that it asks for, no longer than it wants to wait. */
export function scopeOf(services: Services, { manner, waitMillis, keepsReplies }: ScopeOptions): Scope {
  const { client } = services;
  const plans: Preview[] = [];
  const replies: RemotingCommand[] = [];
  const left = waitMillis === null ? null : countdown(waitMillis);
  const within = (timeoutMillis: number) => Math.min(timeoutMillis, left?.() ?? timeoutMillis);
  const { timeoutMillis: usual } = services.limits;

  const noted: Client["call"] = async (server, command, values, timeoutMillis) => {
    const reply = await call(server, command, values, timeoutMillis);
    replies.push(reply.command);
    return reply;
  };
  const plan: Client["call"] = async (server, command, values) => {
    plans.push(await client.preview(server, command, () => values, { oneway: manner.oneway || command.oneWay }));
    return replyOf(command, SILENCE);
  };
  const tell: Client["call"] = async (server, command, values, timeoutMillis = usual) => {
    await client.oneway(server, command, values, within(timeoutMillis));
    return replyOf(command, SILENCE);
  };
  const call: Client["call"] = (server, command, values, timeoutMillis = usual) =>
    client.call(server, command, values, within(timeoutMillis));

  const read = keepsReplies ? noted : call;
  const send: Client["call"] = (server, command, values, timeoutMillis) =>
    (command.oneWay ? tell : call)(server, command, values, timeoutMillis);
  const write = manner.dryRun ? plan : manner.oneway ? tell : send;
  const { registrations, sessions } = services;
  const onPlan = (preview: Preview) => void plans.push(preview);
  const { addresses } = services.nameServers;
  return {
    plans,
    replies,
    services: {
      ...services,
      nameServers: services.nameServers.through({ read, write }),
      // Most requests go to no broker.
      get brokers() {
        return services.brokers.through({ read, write }, within);
      },
      registrations:
        registrations && manner.dryRun
          ? planRegistrations(registrations, addresses, client.preview, onPlan)
          : registrations,
      sessions: sessions && manner.dryRun ? planSessions(sessions, client.preview, onPlan) : sessions,
    },
  };
}
