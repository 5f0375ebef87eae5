import { utf8 } from "../../bytes/utf8.ts";
import { stringifyJson } from "../../json/strict.ts";
import type { JsonValue } from "../../json/value.ts";
import type { Route } from "../route.ts";
import type { About } from "../services.ts";
import { openApiOf } from "./document.ts";

/** The document as it is served. It is made when it is first asked for, and kept: routes don't change. */
export function servedOpenApi(routes: readonly Route[]): (about: About) => Uint8Array<ArrayBuffer> {
  const known = new Map<string, Uint8Array<ArrayBuffer>>();
  return ({ name, version }) => {
    const key = `${name} ${version}`;
    const bytes =
      known.get(key) ?? utf8(`${stringifyJson(openApiOf(routes, { name, version }) as unknown as JsonValue)}\n`);
    known.set(key, bytes);
    return bytes;
  };
}
