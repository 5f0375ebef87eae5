import type { Command } from "../commands/command.ts";
import { encodeFields, type Fields, type Values } from "../schema/fields.ts";
import type { RequestCommand } from "../session/session.ts";
import { identityFor } from "../wire/identity.ts";

/** The values of a call: the header's fields by name, and the body where the command has one. */
export type CallValues<Q extends Fields, QB> = Values<Q> & { readonly body?: NoInfer<QB> };

/**
 * The request that carries a command to a server of this version, undefined while it isn't known. Throws
 * `invalid-argument` where the values have no form on the wire. Nothing is sent.
 */
export function encodeCall<Q extends Fields, QB>(
  { code, request }: Pick<Command<Q, QB>, "code" | "request">,
  values: CallValues<Q, QB>,
  version: number | undefined,
): RequestCommand {
  const identity = identityFor(version);
  const header = values as Readonly<Record<string, unknown>>;
  const body =
    values.body === undefined || request.body === undefined
      ? null
      : request.body.encode(values.body, { version: identity.version, header });
  // 3.2.6 fails with a NullPointerException where extFields are absent, so they always are there.
  return { ...identity, code, remark: null, extFields: encodeFields(request.header, values, body), body };
}
