import type { Properties } from "../src/body/properties.ts";
import { getNamesrvConfig } from "../src/commands/get-namesrv-config.ts";
import { updateNamesrvConfig } from "../src/commands/update-namesrv-config.ts";
import type { NameServers } from "../src/discovery/name-servers.ts";
import type { Outcome } from "../src/discovery/outcome.ts";
import { ConfigChange, changedPart, safeChange } from "../src/http/config-change.ts";
import { nameServersAt } from "../src/http/name-server-target.ts";
import { needConfigChanges } from "../src/http/needs.ts";
import { fanOutAnswer, ResultsOf } from "../src/http/results.ts";
import { answer, get, json, patch } from "../src/http/route.ts";
import { Nullable, Type } from "../src/schema/types.ts";

const path = "/name-servers/{nameServer}/config";
const noSuch = { 404: "no name server is configured under that address" };

const Config = Type.Record(Type.String(), Type.String(), {
  description: "properties by name, all of them texts",
  examples: [{ listenPort: "9876", orderMessageEnable: "false" }],
});
const Configs = ResultsOf({}, { config: Config });
const Changed = ResultsOf({ config: Config }, { config: Nullable(Config) });

/** The properties of each of them. */
function configsOf(nameServers: NameServers): Promise<Outcome<Properties>[]> {
  return nameServers.each(async (one, left) => (await one.read(getNamesrvConfig, {}, left())).body ?? {});
}

export const nameServerConfig = [
  get(path, {
    summary: "The properties of a name server, or of all of them",
    calls: [getNamesrvConfig],
    answers: {
      200: answer("the properties of the one; for all of them a row for each", Type.Union([Configs, Config])),
      207: answer("some of them told", Configs),
    },
    problems: noSuch,
    async handle({ params: { nameServer } }, services) {
      const targets = nameServersAt(services.nameServers, nameServer);
      if (targets === services.nameServers) return fanOutAnswer(await configsOf(targets), {}, (config) => ({ config }));
      const { body } = await targets.read(getNamesrvConfig, {});
      return { status: 200, body: body ?? {} };
    },
  }),

  patch(path, {
    summary: "Change properties of a name server, or of all of them, while they run",
    calls: [updateNamesrvConfig, getNamesrvConfig],
    body: json(ConfigChange),
    answers: { 200: answer("every one of them took it", Changed), 207: answer("some did", Changed) },
    problems: { 403: "it is switched off, or such a property must never be changed over the network", ...noSuch },
    check: needConfigChanges,
    async handle({ params: { nameServer }, body }, services) {
      const targets = nameServersAt(services.nameServers, nameServer);
      const change = safeChange(body);
      const outcomes = await targets.all(updateNamesrvConfig, { body: change });
      const took = outcomes.filter(({ ok }) => ok).map(({ target }) => target);
      // Servers overlook what they don't know and what they can't read, so they are asked what came of it.
      const now = new Map(await Promise.all(took.map(async (each) => [each, await configAt(targets, each)] as const)));
      return fanOutAnswer(outcomes, { body: { config: change } }, (_, each) => ({
        config: changedPart(now.get(each) ?? null, change),
      }));
    },
  }),
];

/** The properties of one of them; null where it doesn't tell. */
async function configAt(nameServers: NameServers, nameServer: string): Promise<Properties | null> {
  const [outcome] = await configsOf(nameServers.only(nameServer) ?? nameServers);
  return outcome?.ok ? outcome.value : null;
}
