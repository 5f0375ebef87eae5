import type { AddressMap } from "../discovery/address-map.ts";
import { Fault } from "../errors.ts";
import type { Role } from "../gateway/access.ts";
import { type Limits, limits } from "../limits.ts";
import type { Address } from "../transport/socket.ts";
import { addressList, addressMap, type Form, oneOf, onOff, plainText, tokenList, whole } from "./setting-forms.ts";

interface Setting<T> {
  readonly form: Form<T>;
  /** The default as text; null where there is none. */
  readonly initial: string | null;
  readonly help: string;
  /** The limit that it sets. */
  readonly limit?: keyof Limits;
}

function setting<T>(form: Form<T>, initial: string | null, help: string): Setting<T> {
  return { form, initial, help };
}

function limit(name: keyof Limits, form: Form<number>, help: string): Setting<number> {
  return { form, initial: String(limits[name]), help, limit: name };
}

const MAX_PORT = 65_535;
const DAY_MILLIS = 86_400_000;
const milliseconds = whole("milliseconds", 1, DAY_MILLIS);

/** Every setting: an environment variable, and a flag of the same name (`PORT`: `--port`). */
export const settingTable = {
  NAMESRV_ADDR: setting<readonly Address[] | null>(addressList, null, "name servers; none: an embedded one is started"),
  ADDRESS_MAP: setting<AddressMap | null>(addressMap, null, "where brokers are dialled: registered=dialled,…"),
  HOST: setting(plainText, "127.0.0.1", "address to listen on; other than loopback needs API_TOKENS or --insecure"),
  PORT: setting(whole("TCP ports", 0, MAX_PORT), "8080", "port to listen on, 0 for any free one"),
  API_TOKENS: setting<ReadonlyMap<string, Role> | null>(tokenList, null, "bearer tokens that may call the API"),
  INSECURE: setting(onOff, "false", "serve other than loopback without tokens"),
  ALLOW_CONFIG_CHANGES: setting(onOff, "false", "let callers change properties of servers"),
  ALLOW_FILTER_CLASSES: setting(onOff, "false", "let callers have filter servers of 3.x run code"),
  REGISTRATIONS_FILE: setting<string | null>(plainText, null, "file that keeps held registrations over a restart"),
  LOG: setting(oneOf("json", "off"), "json", "a line for each request on standard output"),
  TIMEOUT_MILLIS: limit("timeoutMillis", milliseconds, "how long a call may take, connecting included"),
  CONNECT_TIMEOUT_MILLIS: limit("connectTimeoutMillis", milliseconds, "how long connecting may take"),
  REGISTER_TIMEOUT_MILLIS: limit("registerTimeoutMillis", milliseconds, "how long a registration may take"),
  DISCOVERY_TTL_MILLIS: limit(
    "discoveryTtlMillis",
    whole("milliseconds", 0, DAY_MILLIS),
    "rely for so long on what name servers said of brokers; 0 asks for every call",
  ),
  IDLE_MILLIS: limit("idleMillis", milliseconds, "a connection silent for so long is closed"),
  DRAIN_TIMEOUT_MILLIS: limit("drainTimeoutMillis", milliseconds, "how long a stop may take to unregister brokers"),
  SINGLE_FLIGHT: setting(onOff, "true", "let identical reads at the same time share one request to a name server"),
  CACHE_TTL_MILLIS: setting(
    whole("milliseconds", 0, DAY_MILLIS),
    "0",
    "keep what was read for so long; 0 keeps nothing",
  ),
  CLOSE_ON_TIMEOUT: setting(onOff, "false", "close a connection on which a call timed out"),
  MAX_FRAME_BYTES: limit("maxFrameBytes", whole("bytes", 1_024, 2 ** 30), "largest frame either way"),
  MAX_BODY_BYTES: limit("maxBodyBytes", whole("bytes", 1_024, 2 ** 30), "largest HTTP body"),
  MAX_PENDING: limit("maxPending", whole("requests", 1), "requests that may wait on one connection"),
  MAX_REGISTRATIONS: limit("maxRegistrations", whole("registrations", 1), "registrations that may be held"),
  MAX_SESSIONS: limit("maxSessions", whole("sessions", 1), "client sessions that may be held"),
  TLS: setting(onOff, "false", "speak TLS to name servers"),
  TLS_CA_FILE: setting<string | null>(plainText, null, "PEM file of the authorities to trust"),
  TLS_CERT_FILE: setting<string | null>(plainText, null, "PEM file of the client certificate"),
  TLS_KEY_FILE: setting<string | null>(plainText, null, "PEM file of its key, PKCS#8, not encrypted"),
  TLS_SERVER_NAME: setting<string | null>(plainText, null, "name expected in the servers' certificates"),
} as const;

type SettingName = keyof typeof settingTable;

/** The settings by name, parsed. */
export type Settings = {
  readonly [K in SettingName]: (typeof settingTable)[K] extends Setting<infer T> ? T : never;
};

const names = Object.keys(settingTable) as SettingName[];

/** The name of a setting as a flag. */
function flagOf(name: SettingName): string {
  return `--${name.toLowerCase().replaceAll("_", "-")}`;
}

/**
 * Reads the settings; a flag wins over the environment variable. Throws `invalid-argument` that names every unknown
 * flag and every malformed value with the form wanted.
 */
export function readSettings(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const faults: string[] = [];
  const given = new Map<SettingName, { text: string; from: string }>();
  for (const name of names) {
    const text = environment[name];
    if (text !== undefined && text !== "") given.set(name, { text, from: name });
  }
  for (const [name, text, from] of flagsOf(args, faults)) given.set(name, { text, from });

  const values = names.map((name): [string, unknown] => {
    const { form, initial } = settingTable[name];
    const { text, from } = given.get(name) ?? { text: initial, from: name };
    if (text === null) return [name, null];
    try {
      return [name, form.parse(text)];
    } catch {
      // A token must not end up in a log.
      const shown = name === "API_TOKENS" ? "its value" : `"${text}"`;
      faults.push(`${from}: ${shown} is not ${form.wanted}`);
      return [name, null];
    }
  });
  if (faults.length > 0) throw new Fault("invalid-argument", `Cannot start: ${faults.join("; ")}`);
  return Object.fromEntries(values) as Settings;
}

/** The limits that the settings set, and the defaults of the others. */
export function limitsOf(settings: Settings): Limits {
  const set = names.flatMap((name): [string, unknown][] => {
    const row: Setting<unknown> = settingTable[name];
    return row.limit ? [[row.limit, settings[name]]] : [];
  });
  return { ...limits, ...Object.fromEntries(set) };
}

/** The flags among the arguments: `--port 8080`, `--port=8080`, and a bare `--insecure` for true. */
function flagsOf(args: readonly string[], faults: string[]): [SettingName, string, string][] {
  const flags: [SettingName, string, string][] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as string;
    const [flag = "", ...rest] = arg.split("=");
    const name = names.find((candidate) => flagOf(candidate) === flag || `--${candidate}` === flag);
    const following = args[at + 1];
    if (name === undefined) faults.push(`${arg}: unknown; --help lists the settings`);
    else if (arg.includes("=")) flags.push([name, rest.join("="), flag]);
    else if (following !== undefined && !following.startsWith("--")) {
      flags.push([name, following, flag]);
      at++;
    } else if ((settingTable[name].form as Form<unknown>) === onOff) flags.push([name, "true", flag]);
    else faults.push(`${flag}: a value is missing; wanted is ${settingTable[name].form.wanted}`);
  }
  return flags;
}

/** Every setting with its form, its default and what it is for. */
export function helpText(): string {
  const rows = names.flatMap((name) => {
    const { form, initial, help } = settingTable[name];
    return [`  ${flagOf(name)}, ${name}`, `      ${help}`, `      ${form.wanted}; default ${initial ?? "none"}`];
  });
  return [
    "Usage: rocketmq-gateway [settings]",
    "",
    "Each setting is a flag or an environment variable:",
    "",
    ...rows,
  ].join("\n");
}
