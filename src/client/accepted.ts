import type { Command, CommandName } from "../commands/command.ts";
import { Fault } from "../errors.ts";
import type { Fields } from "../schema/fields.ts";
import { responseCodeName, SUCCESS } from "../wire/response-codes.ts";
import type { Reply } from "./reply.ts";

/** The reply when its code says that it was done; else throws a `refused` fault that carries the server's code and remark. */
export function accepted<R extends Fields, RB>(
  command: CommandName & Pick<Command, "alsoDone">,
  reply: Reply<R, RB>,
  target: string,
): Reply<R, RB> {
  if (reply.code !== SUCCESS && !command.alsoDone?.includes(reply.code)) throw refusal(command, reply, target);
  return reply;
}

/** The fault for an answer that isn't the one hoped for. */
export function refusal(
  { code: requestCode, name }: CommandName,
  { code, remark }: Pick<Reply, "code" | "remark">,
  target: string,
): Fault {
  const reason = remark || "no remark";
  return new Fault("refused", `Cannot ${name}: ${target} answered ${code} ${responseCodeName(code) ?? ""}: ${reason}`, {
    target,
    response: { code, remark, requestCode },
  });
}
