import { open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import Value from "typebox/value";
import { Fault, reasonOf } from "../errors.ts";
import { violationsOf } from "../http/validate.ts";
import { parseJson, stringifyJson } from "../json/strict.ts";
import type { JsonValue } from "../json/value.ts";
import { RegistrationInput, specOf } from "../registrations/spec.ts";
import type { RegistrationStore, StoredRegistration } from "../registrations/store.ts";
import { Type } from "../schema/types.ts";

const FORMAT = 1;

const FileContent = Type.Object(
  {
    format: Type.Literal(FORMAT),
    registrations: Type.Array(
      Type.Object({ spec: RegistrationInput, force: Type.Boolean() }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
);

/**
 * Keeps registrations in a file of JSON. It is replaced as a whole: written beside itself, flushed to the disk and
 * renamed, so a crash at any moment leaves the old content or the new. A file that can't be read as what it must be
 * is an error that names it, and is left untouched.
 */
export function registrationsFile(path: string): RegistrationStore {
  return {
    async load() {
      const text = await readIfThere(path);
      const stored = text === null ? [] : parseContent(path, text);
      // That it can't be written is found out now, not by the first caller.
      await naming(path, () => writeBeside(path, text ?? "", (temporary) => rm(temporary)));
      return stored;
    },
    async save(registrations) {
      const content = { format: FORMAT, registrations } as unknown as JsonValue;
      await naming(path, () => replace(path, `${stringifyJson(content, { space: 2 })}\n`));
    },
  };
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw new Fault("invalid-argument", `Cannot read REGISTRATIONS_FILE ${path}: ${reasonOf(cause)}`, { cause });
  }
}

function parseContent(path: string, text: string): StoredRegistration[] {
  const wrong = (reason: string, cause?: unknown) =>
    new Fault("invalid-argument", `Cannot read REGISTRATIONS_FILE ${path}: ${reason}`, {
      cause,
      hint: "Mend the file or move it away; it was left as it is.",
    });
  let content: JsonValue;
  try {
    content = parseJson(text);
  } catch (cause) {
    throw wrong(reasonOf(cause), cause);
  }
  if (!Value.Check(FileContent, content)) {
    const [first] = violationsOf(FileContent, content);
    throw wrong(`${first?.pointer || "the file"} ${first?.detail ?? "is malformed"}`);
  }
  return content.registrations.map(({ spec, force }) => ({ spec: specOf(spec), force }));
}

/** Says of a failure that it was the file that could not be written. */
async function naming(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    throw new Fault("internal", `Cannot write REGISTRATIONS_FILE ${path}: ${reasonOf(cause)}`, { cause });
  }
}

async function replace(path: string, text: string): Promise<void> {
  await writeBeside(path, text, (temporary) => rename(temporary, path));
  await flushFolder(dirname(path));
}

/** Writes a file of another name in the same folder, and leaves none behind when anything fails. */
async function writeBeside(path: string, text: string, use: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await writeFlushed(temporary, text);
    await use(temporary);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeFlushed(path: string, text: string): Promise<void> {
  // Addresses of an inner network are nobody else's business.
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is on the disk only once its folder is. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  await folder.sync().finally(() => folder.close());
}
