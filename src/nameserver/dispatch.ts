import { reasonOf } from "../errors.ts";
import type { Frame } from "../wire/frame.ts";
import { type RemotingCommand, responseTo } from "../wire/remoting-command.ts";
import { REQUEST_CODE_NOT_SUPPORTED, SYSTEM_ERROR } from "../wire/response-codes.ts";
import { V5_5_0 } from "../wire/versions.ts";
import type { Response, Served } from "./serve.ts";
import type { State } from "./state.ts";
import type { Channel } from "./tables/brokers.ts";

/** What the server says of itself: every generation knows the language, and none minds a newer version. */
const self = { language: "JAVA", version: V5_5_0 };

/** Answers every request, whatever it holds: it never throws. */
export function dispatcher(
  state: State,
  handlers: readonly Served[],
): (request: Frame, channel: Channel) => Frame & { readonly serializeType: "JSON" } {
  const rows = Map.groupBy(handlers, ({ code }) => code);

  /** A code may have changed its meaning: the one that the requester knows, else the newest. */
  function rowFor({ code, version }: RemotingCommand): Served | undefined {
    const candidates = rows.get(code);
    return candidates?.find((row) => row.isMeantBy(version)) ?? candidates?.at(-1);
  }

  // 5.5.0 answers with a JSON header whatever the request had, and every client goes by the type byte.
  return ({ command: request }, channel) => ({
    serializeType: "JSON",
    command: responseTo(request, self, answer(rowFor(request), state, request, channel)),
  });
}

function answer(row: Served | undefined, state: State, request: RemotingCommand, channel: Channel): Partial<Response> {
  if (row === undefined) {
    // The leading blank is RocketMQ's.
    return { code: REQUEST_CODE_NOT_SUPPORTED, remark: ` request type ${request.code} not supported` };
  }
  try {
    return row.answer(state, request, channel);
  } catch (cause) {
    return { code: SYSTEM_ERROR, remark: `Cannot serve ${row.name}: ${reasonOf(cause)}` };
  }
}
