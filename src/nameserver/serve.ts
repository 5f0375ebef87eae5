import { type Command, isServedAt } from "../commands/command.ts";
import { type Decoded, decodeFields, encodeFields, type Fields, type Values } from "../schema/fields.ts";
import type { ExtFields, RemotingCommand } from "../wire/remoting-command.ts";
import { SUCCESS } from "../wire/response-codes.ts";
import type { State } from "./state.ts";
import type { Channel } from "./tables/brokers.ts";

/** A request as its handler sees it. */
export interface Call<Q extends Fields, QB> {
  /** Fields that are absent or malformed are undefined. */
  readonly header: Decoded<Q>;
  /** Null when there is none. Decoded when read; throws an `undecodable` fault then. */
  readonly body: QB | null;
  /** The request as it came. */
  readonly command: RemotingCommand;
  readonly channel: Channel;
}

/** What a handler answers. Nothing at all is success. */
export interface Answer<R extends Fields, RB> {
  /** Response code. Default 0. */
  readonly code?: number;
  readonly remark?: string;
  readonly header?: Values<R>;
  readonly body?: RB | undefined;
  /** Write the body as strict JSON. */
  readonly standardJson?: boolean;
}

/** The answer as it goes out. */
export type Response = Pick<RemotingCommand, "code" | "remark" | "extFields" | "body">;

/** One command with what answers it. */
export interface Served {
  readonly code: number;
  readonly name: string;
  /** Whether a requester of this version means this command by its code. */
  isMeantBy(version: number): boolean;
  answer(state: State, request: RemotingCommand, channel: Channel): Response;
}

/** A row of the table of handlers. */
export function serve<Q extends Fields, QB, R extends Fields, RB>(
  command: Command<Q, QB, R, RB>,
  handle: (state: State, call: Call<Q, QB>) => Answer<R, RB> | undefined,
): Served {
  const { code, name } = command;
  return {
    code,
    name,
    isMeantBy: (version) => isServedAt(command, "name-server", version),
    answer(state, request, channel) {
      return responseOf(command, request, handle(state, callOf(command, request, channel)) ?? {});
    },
  };
}

function callOf<Q extends Fields, QB>({ request }: Command<Q, QB>, command: RemotingCommand, channel: Channel) {
  const header = decodeFields(request.header, command.extFields);
  return {
    header,
    command,
    channel,
    get body(): QB | null {
      const { body, version } = command;
      return body && request.body ? request.body.decode(body, { version, header }) : null;
    },
  };
}

/** Writes the answer in the dialect that the requester's version reads. */
function responseOf<Q extends Fields, QB, R extends Fields, RB>(
  { response }: Command<Q, QB, R, RB>,
  { version }: RemotingCommand,
  { code = SUCCESS, remark, header, body, standardJson = false }: Answer<R, RB>,
): Response {
  const context = { version, header: header ?? {}, standardJson };
  const bytes = body !== undefined && response.body ? response.body.encode(body, context) : null;
  return { code, remark: remark ?? null, extFields: extFieldsOf(response.header, header, bytes), body: bytes };
}

/** Java writes extFields, though empty, for every command whose answer has a header. */
function extFieldsOf<R extends Fields>(
  fields: R,
  header: Values<R> | undefined,
  body: Uint8Array | null,
): ExtFields | null {
  if (Object.keys(fields).length === 0) return null;
  return header ? encodeFields(fields, header, body) : {};
}
