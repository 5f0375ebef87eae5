import { toBase64 } from "../bytes/base64.ts";
import { fromUtf8 } from "../bytes/utf8.ts";
import { checkTransactionState } from "../commands/check-transaction-state.ts";
import { type Command, isServedAt } from "../commands/command.ts";
import { consumeMessageDirectlyAtClient } from "../commands/consume-message-directly-at-client.ts";
import { getConsumerRunningInfo } from "../commands/get-consumer-running-info.ts";
import { getConsumerStatusFromClient } from "../commands/get-consumer-status-from-client.ts";
import { commandsOf } from "../commands/index.ts";
import { notifyConsumerIdsChanged } from "../commands/notify-consumer-ids-changed.ts";
import { resetConsumerClientOffset } from "../commands/reset-consumer-client-offset.ts";
import type { JsonObject, JsonValue } from "../json/value.ts";
import { decodeFields } from "../schema/fields.ts";
import type { RemotingCommand } from "../wire/remoting-command.ts";

const names: ReadonlyMap<number, string> = new Map([
  [checkTransactionState.code, "transaction-check"],
  [notifyConsumerIdsChanged.code, "group-changed"],
  [resetConsumerClientOffset.code, "offsets-reset"],
  [getConsumerStatusFromClient.code, "status-request"],
  [getConsumerRunningInfo.code, "running-info-request"],
  [consumeMessageDirectlyAtClient.code, "consume-request"],
]);

/** What an event is called that carries a request of this code; `request` for what brokers rarely ask. */
export function eventNameOf(code: number): string {
  return names.get(code) ?? "request";
}

/** The command that a broker's request to a client is, undefined for a code that none of them has. */
export function meaningOf({ code, version }: RemotingCommand): Command | undefined {
  const meanings = commandsOf(code);
  return meanings.find((each) => isServedAt(each, "client", version)) ?? meanings.find(isForClients);
}

function isForClients({ servedBy }: Command): boolean {
  return Object.values(servedBy).some((servers) => servers.includes("client"));
}

/** The body of a request as an event shows it: what it says where that is known, as text, or in base64. */
export function bodyOf({ body, version, extFields }: RemotingCommand, meaning: Command | undefined): JsonObject {
  if (body === null) return {};
  try {
    const header = meaning ? decodeFields(meaning.request.header, extFields) : {};
    const said = meaning?.request.body?.decode(body, { version, header }) ?? fromUtf8(body, "body");
    return said instanceof Uint8Array ? { bodyBase64: toBase64(said) } : { body: said as JsonValue };
  } catch {
    return { bodyBase64: toBase64(body) };
  }
}
