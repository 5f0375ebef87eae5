import { readFile } from "node:fs/promises";
import { Fault, reasonOf } from "../errors.ts";
import type { TlsOptions } from "../transport/socket.ts";
import type { Settings } from "./settings.ts";

const files = { TLS_CA_FILE: "ca", TLS_CERT_FILE: "cert", TLS_KEY_FILE: "key" } as const;
const fileSettings = ["TLS_CA_FILE", "TLS_CERT_FILE", "TLS_KEY_FILE"] as const;

/** The TLS options that the settings ask for, null for plain TCP. Throws `invalid-argument` that names the setting. */
export async function tlsOf(settings: Settings): Promise<TlsOptions | null> {
  const given = [...fileSettings, "TLS_SERVER_NAME" as const].filter((name) => settings[name] !== null);
  if (!settings.TLS && given.length > 0) {
    throw new Fault("invalid-argument", `Cannot start: ${given.join(", ")} without TLS=true`);
  }
  if (!settings.TLS) return null;
  if ((settings.TLS_CERT_FILE === null) !== (settings.TLS_KEY_FILE === null)) {
    throw new Fault("invalid-argument", "Cannot start: TLS_CERT_FILE and TLS_KEY_FILE go together");
  }
  const texts = await Promise.all(fileSettings.map((name) => readPem(name, settings[name])));
  const { TLS_SERVER_NAME: serverName } = settings;
  return Object.assign({}, ...texts, serverName === null ? {} : { serverName });
}

async function readPem(name: keyof typeof files, path: string | null): Promise<Partial<TlsOptions>> {
  if (path === null) return {};
  try {
    return { [files[name]]: await readFile(path, "utf8") };
  } catch (cause) {
    throw new Fault("invalid-argument", `Cannot read ${name} ${path}: ${reasonOf(cause)}`, { cause });
  }
}
