import type { Command } from "../commands/command.ts";
import { type Decoded, decodeFields, type Fields } from "../schema/fields.ts";
import type { RemotingCommand } from "../wire/remoting-command.ts";

/** The answer to a call, whatever its code. */
export interface Reply<R extends Fields = Fields, RB = unknown> {
  /** Response code; 0 is SUCCESS. */
  readonly code: number;
  readonly remark: string | null;
  readonly header: Decoded<R>;
  /** The decoded body, null when there is none. Decoded when first read; throws `undecodable` then. */
  readonly body: RB | null;
  /** The body as it came, where that is strict JSON of what `body` gives; else null. */
  readonly json: Uint8Array | null;
  /** The answer as it came. */
  readonly command: RemotingCommand;
}

/**
 * Interprets an answer to a command. `askedAs` is the version that the request introduced itself with: a server may
 * spell its answer for that one.
 */
export function replyOf<Q extends Fields, QB, R extends Fields, RB>(
  { response }: Command<Q, QB, R, RB>,
  command: RemotingCommand,
  askedAs = command.version,
): Reply<R, RB> {
  const header = decodeFields(response.header, command.extFields);
  const context = { version: Math.min(command.version, askedAs), header };
  let decoded: RB | null | undefined;
  return {
    code: command.code,
    remark: command.remark,
    header,
    command,
    json: response.body?.isStrictJson?.(context) ? command.body : null,
    get body() {
      if (decoded === undefined) {
        const { body } = command;
        decoded = body && response.body ? response.body.decode(body, context) : null;
      }
      return decoded;
    },
  };
}
