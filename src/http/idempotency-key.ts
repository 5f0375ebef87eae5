import { concat } from "../bytes/concat.ts";
import { toHex } from "../bytes/hex.ts";
import { utf8 } from "../bytes/utf8.ts";
import { Type } from "../schema/types.ts";
import type { Outgoing } from "../sending/outgoing.ts";

/** The header by which a repetition of a request is known. It becomes one of the message's keys, so blanks can't be in it. */
export const idempotencyHeaders = {
  "idempotency-key": Type.Optional(
    Type.String({
      description:
        "a name for the request: with the same one and the same body it is sent once, and answered alike for some " +
        "minutes; by this gateway, not by others beside it. One of the message's keys",
      pattern: '^("[\\x21\\x23-\\x7e]{1,128}"|[\\x21\\x23-\\x7e]{1,128})$',
      examples: ["8e03978e-40d5-43e8-bc93-6894a57f9324"],
    }),
  ),
};

/** The key without the quotes that it may be in, as structured fields write a text. */
export function statedKey(header: string): string {
  return header.replaceAll('"', "");
}

/** What tells requests of one key apart: a digest of all that is sent but ids. */
export async function printOf(messages: readonly Outgoing[]): Promise<string> {
  const parts = messages.flatMap(({ properties, flag, producerGroup, aim, body }) => [
    utf8(JSON.stringify([properties, flag, producerGroup, aim, body.length])),
    body,
  ]);
  const digest = await crypto.subtle.digest("SHA-256", concat(parts) as Uint8Array<ArrayBuffer>);
  return toHex(new Uint8Array(digest));
}
