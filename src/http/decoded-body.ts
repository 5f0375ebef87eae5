import type { BodyContext } from "../body/codec.ts";
import type { Command } from "../commands/command.ts";
import { decodeFields } from "../schema/fields.ts";
import { Type } from "../schema/types.ts";
import type { ExtFields } from "../wire/remoting-command.ts";

/** The member that shows what a body says. */
export const DecodedBody = Type.Optional(
  Type.Unknown({ description: "what the body says, where the request is known and the body is one of its kind" }),
);

interface Carried {
  readonly body: Uint8Array | null;
  readonly extFields: ExtFields | null;
  readonly version: BodyContext["version"];
}

/** What a body says that travels as this half of a command; nothing where that is unknown, or the body is no such one. */
export function decodedBody(
  half: Command["request"] | undefined,
  { body, extFields, version }: Carried,
): { readonly decodedBody?: unknown } {
  if (body === null || half?.body === undefined) return {};
  try {
    const value = half.body.decode(body, { version, header: decodeFields(half.header, extFields) });
    return value instanceof Uint8Array ? {} : { decodedBody: value };
  } catch {
    return {};
  }
}
