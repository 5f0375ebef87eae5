import { decodeBatch } from "../../src/body/message-batch.ts";
import { propertiesFromText } from "../../src/body/message-properties.ts";
import { offsetMsgId } from "../../src/body/offset-msg-id.ts";
import type { RemotingCommand } from "../../src/wire/remoting-command.ts";
import type { Handler } from "../support/scripted-connection.ts";

/** The id of the message that is so many bytes within the commit log. */
export const placeAt = (commitLogOffset: number) => offsetMsgId({ address: "10.1.0.1:10911", commitLogOffset });

/** Stores a message, or says so. */
export function stores(code = 0, queueOffset = "7"): Handler {
  return ({ extFields }) => ({
    code,
    extFields: { msgId: placeAt(4_711), queueId: queueOf(extFields), queueOffset, ...transactionOf(extFields) },
  });
}

/** Stores every message of a batch. */
export const storesBatch: Handler = ({ extFields, body }) => {
  const messages = decodeBatch(body ?? new Uint8Array(), 10_000);
  const msgId = messages.map((_, index) => placeAt(index)).join();
  return { extFields: { msgId, queueId: queueOf(extFields), queueOffset: "9007199254740990" } };
};

function queueOf(extFields: RemotingCommand["extFields"]): string {
  return extFields?.e ?? extFields?.queueId ?? "";
}

function transactionOf(extFields: RemotingCommand["extFields"]): Record<string, string> {
  const { UNIQ_KEY: transactionId } = propertiesOf(extFields);
  return transactionId === undefined ? {} : { transactionId };
}

/** The properties in the header of a request that sends a message. */
export function propertiesOf(extFields: RemotingCommand["extFields"]): Record<string, string> {
  return propertiesFromText(extFields?.i ?? extFields?.properties ?? "");
}

/** What a broker answers to those who send. */
export const sendScript: Readonly<Record<number, Handler>> = {
  10: stores(),
  310: stores(),
  320: storesBatch,
  37: () => ({ remark: "not set any response code" }),
};
