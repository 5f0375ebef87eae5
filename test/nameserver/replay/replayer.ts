import { expect } from "bun:test";
import type { Session } from "../../../src/session/session.ts";
import type { RemotingCommand } from "../../../src/wire/remoting-command.ts";
import type { Generation } from "../../../src/wire/versions.ts";
import { ask } from "../support.ts";
import { bridges } from "./bridges.ts";
import type { Fact } from "./facts.ts";
import { type Step, versionOf } from "./steps.ts";

const firstConnection = "conn1";

/** Asks a server again what a real one was asked, over as many connections as were used then. */
export function replayer(generation: Generation, connect: () => Promise<Session>) {
  const sessions = new Map<string, Session>();

  async function sessionOf(name = firstConnection): Promise<Session> {
    const session = sessions.get(name) ?? (await connect());
    sessions.set(name, session);
    return session;
  }

  async function take(step: Step): Promise<void> {
    if ("close" in step) {
      sessions.get(step.close)?.close();
      sessions.delete(step.close);
    } else {
      const { code } = await ask(await sessionOf(step.over), step.code, { version: versionOf[generation], ...step });
      expect(code).toBe(0);
    }
  }

  return {
    /** Does what happened before a fact without being recorded. */
    async bridge(index: number, { note }: Fact): Promise<void> {
      for (const bridge of bridges[generation].filter(({ before }) => before === index)) {
        expect(bridge.note).toBe(note);
        for (const step of bridge.steps) await take(step);
      }
    },
    async ask({ code, note, request }: Fact): Promise<RemotingCommand> {
      const session = await sessionOf(/^conn\d/.exec(note)?.[0]);
      const { extFields, version = versionOf[generation], serialize, bodyText, bodyHex } = request;
      return ask(session, code, {
        extFields:
          extFields && Object.fromEntries(Object.entries(extFields).map(([name, value]) => [name, `${value}`])),
        body: bodyHex === undefined ? bodyText : Uint8Array.fromHex(bodyHex),
        version,
        serializeType: serialize,
      });
    },
  };
}
