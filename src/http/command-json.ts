import { toBase64 } from "../bytes/base64.ts";
import { Int32, Nullable, type Static, Type } from "../schema/types.ts";
import { isResponse, type RemotingCommand } from "../wire/remoting-command.ts";
import { responseCodeName } from "../wire/response-codes.ts";

/** A RemotingCommand as JSON; its body as text where it is UTF-8, else in base64. */
export const CommandJson = Type.Object(
  {
    code: Int32("request code, or response code of an answer"),
    codeName: Nullable(Type.String({ description: "its name" })),
    language: Type.String({ description: "LanguageCode of the sender" }),
    version: Int32("MQVersion ordinal of the sender"),
    opaque: Int32("pairs an answer with its request"),
    flag: Int32("bit 0: answer, bit 1: one-way"),
    remark: Nullable(Type.String()),
    extFields: Nullable(Type.Record(Type.String(), Type.String())),
    body: Type.Optional(Type.String({ description: "the body, where it is UTF-8" })),
    bodyBase64: Type.Optional(Type.String({ description: "the body, where it is not" })),
  },
  { title: "RemotingCommand", description: "A command of the remoting protocol (RemotingCommand)" },
);
export type CommandJson = Static<typeof CommandJson>;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The command as it came, or as it goes. `nameOf` tells the name of a request code. */
export function commandJson(
  command: RemotingCommand,
  nameOf: (code: number) => string | null = () => null,
): CommandJson {
  const { code, language, version, opaque, flag, remark, extFields, body } = command;
  const codeName = isResponse(command) ? responseCodeName(code) : nameOf(code);
  return { code, codeName, language, version, opaque, flag, remark, extFields, ...(body && bodyJson(body)) };
}

function bodyJson(body: Uint8Array): Pick<CommandJson, "body" | "bodyBase64"> {
  try {
    return { body: decoder.decode(body) };
  } catch {
    return { bodyBase64: toBase64(body) };
  }
}
