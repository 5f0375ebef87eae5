import type { Client, Preview } from "../client/client.ts";
import { replyOf } from "../client/reply.ts";
import type { Manner } from "../http/manner.ts";
import type { Services } from "../http/services.ts";
import { planRegistrations } from "../registrations/plan.ts";
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

/** The services as one request uses them: in the manner that it asks for, no longer than it wants to wait. */
export function scopeOf(services: Services, manner: Manner, waitMillis: number | null): Scope {
  const { client } = services;
  const plans: Preview[] = [];
  const replies: RemotingCommand[] = [];
  const within = (timeoutMillis: number) => Math.min(timeoutMillis, waitMillis ?? timeoutMillis);
  const { timeoutMillis: usual } = services.limits;

  const read: Client["call"] = async (server, command, values, timeoutMillis = usual) => {
    const reply = await client.call(server, command, values, within(timeoutMillis));
    replies.push(reply.command);
    return reply;
  };
  const plan: Client["call"] = async (server, command, values) => {
    plans.push(await client.preview(server, command, () => values, { oneway: manner.oneway }));
    return replyOf(command, SILENCE);
  };
  const tell: Client["call"] = async (server, command, values, timeoutMillis = usual) => {
    await client.oneway(server, command, values, within(timeoutMillis));
    return replyOf(command, SILENCE);
  };
  const call: Client["call"] = (server, command, values, timeoutMillis = usual) =>
    client.call(server, command, values, within(timeoutMillis));

  const write = manner.dryRun ? plan : manner.oneway ? tell : call;
  const { registrations } = services;
  const { addresses } = services.nameServers;
  return {
    plans,
    replies,
    services: {
      ...services,
      nameServers: services.nameServers.through({ read, write }),
      registrations:
        registrations && manner.dryRun
          ? planRegistrations(registrations, addresses, client.preview, (preview) => plans.push(preview))
          : registrations,
    },
  };
}
