import type { Properties } from "../../body/properties.ts";

/** What can be switched while the server runs, under the names and with the defaults of 5.5.0 (NamesrvConfig). */
const switches = {
  /** Forget topics that a master's registration leaves out. */
  deleteTopicWithBrokerRegistration: false,
  /** Answer GET_ALL_TOPIC_LIST_FROM_NAMESERVER. */
  enableAllTopicList: true,
  /** Answer the topic lists by cluster and by unit. */
  enableTopicList: true,
  /** Put the order configuration into routes for clients since 4.0 too; 3.x clients always get it. */
  orderMessageEnable: false,
  /** Answer registrations with the order configuration. */
  returnOrderTopicConfigToBroker: true,
  /** Show the acting master of a broker in routes under id 0. */
  supportActingMaster: false,
} as const;

export type Switch = keyof typeof switches;

/** Properties that no request may change: with them CVE-2023-37582 wrote files of the attacker's choice. */
const protectedNames = ["configBlackList", "configStorePath", "kvConfigPath", "rocketmqHome"];

/** The properties that operators see and change (GET and UPDATE_NAMESRV_CONFIG). */
export interface Settings {
  readonly all: Properties;
  isOn(name: Switch): boolean;
  /** Changes the properties that there are and ignores all others; false when one of them is protected. */
  update(changes: Properties): boolean;
}

export function createSettings(): Settings {
  const all = new Map(Object.entries(switches).map(([name, isOn]) => [name, String(isOn)]));
  return {
    get all() {
      return Object.fromEntries(all);
    },
    isOn: (name) => all.get(name)?.toLowerCase() === "true",
    update(changes) {
      if (protectedNames.some((name) => Object.hasOwn(changes, name))) return false;
      for (const [name, value] of Object.entries(changes)) if (all.has(name)) all.set(name, value);
      return true;
    },
  };
}
