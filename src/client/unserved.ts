import type { Command, Server } from "../commands/command.ts";
import { Fault } from "../errors.ts";

/** The fault for a command that a server of its version doesn't know; the hint says who does, and what does instead. */
export function unserved({ name, servedBy, instead }: Unserved, kind: Server, target: string): Fault {
  const message = `Cannot send ${name} to ${target}: its version doesn't know this request`;
  const generations = Object.entries(servedBy).flatMap(([generation, servers]) =>
    servers.includes(kind) ? [generation] : [],
  );
  const known =
    generations.length > 0 ? `It is served by ${kind}s of ${generations.join(" and ")}.` : `No ${kind} serves it.`;
  return new Fault("not-supported", message, { target, hint: instead === undefined ? known : `${known} ${instead}` });
}

type Unserved = Pick<Command, "name" | "servedBy" | "instead">;
