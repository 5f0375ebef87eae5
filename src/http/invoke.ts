import type { Target } from "../client/target.ts";
import { catalogue, commandsOf } from "../commands/index.ts";
import { type Outcome, outcomeOf } from "../discovery/outcome.ts";
import { ALL_NAME_SERVERS, targetsOf } from "../discovery/targets.ts";
import { Fault } from "../errors.ts";
import { limits } from "../limits.ts";
import { Int32, Nullable, type Static, Type } from "../schema/types.ts";
import type { RequestCommand } from "../session/session.ts";
import { formatAddress } from "../transport/address.ts";
import { identityFor } from "../wire/identity.ts";
import type { RemotingCommand } from "../wire/remoting-command.ts";
import { CommandJson, commandJson } from "./command-json.ts";
import { DecodedBody, decodedBody } from "./decoded-body.ts";
import { bodyOf } from "./frames.ts";
import { FieldValue, statedFields } from "./invoked-fields.ts";
import type { Answer } from "./route.ts";
import type { Services } from "./services.ts";

/** Any request to any server that the gateway may dial. */
export const Invocation = Type.Object(
  {
    target: Type.String({ description: "host:port, broker:NAME, broker:NAME:id, or all-name-servers", minLength: 1 }),
    code: Type.Optional(Int32("request code")),
    name: Type.Optional(Type.String({ description: "its name in RequestCode, instead" })),
    extFields: Type.Optional(
      Type.Record(Type.String(), FieldValue, {
        description: "header fields by their names in Java or on the wire; those of a known request have its types",
      }),
    ),
    body: Type.Optional(Type.String({ description: "the body as text" })),
    bodyBase64: Type.Optional(Type.String({ description: "the body in base64" })),
    oneway: Type.Optional(Type.Boolean({ description: "send and don't wait for an answer" })),
    version: Type.Optional(Int32("MQVersion ordinal to introduce oneself with", { minimum: 0 })),
    language: Type.Optional(Type.String({ description: "LanguageCode to introduce oneself with", minLength: 1 })),
    serializeType: Type.Optional(Type.Union([Type.Literal("JSON"), Type.Literal("ROCKETMQ")])),
    timeoutMillis: Type.Optional(Int32("how long to wait", { minimum: 1, maximum: limits.maxTimeoutMillis })),
  },
  { additionalProperties: false, examples: [{ target: "all-name-servers", name: "GET_BROKER_CLUSTER_INFO" }] },
);
type Invocation = Static<typeof Invocation>;

const Reply = Type.Object(
  { ...CommandJson.properties, decodedBody: DecodedBody },
  { title: "InvokeReply", description: "The server's answer (RemotingCommand)" },
);

const Answered = Type.Object({
  target: Type.String({ description: "host:port" }),
  ok: Type.Boolean({ description: "whether an answer came, whatever its code" }),
  response: Type.Optional(Nullable(Reply)),
  problem: Type.Optional(Type.String({ description: "what went wrong where none came" })),
  remark: Type.Optional(Type.String()),
});

/** The answer itself where one server was asked, a row for each where all were, or where none is waited for. */
export const Invoked = Type.Union([Reply, Type.Object({ results: Type.Array(Answered) })]);

/** Sends the request and shows what came: 200 whenever an answer did. Rejects where the one server asked gave none. */
export async function invocation(stated: Invocation, { nameServers, brokers, client }: Services): Promise<Answer> {
  const { target, oneway = false, serializeType, timeoutMillis } = stated;
  const request = requestOf(stated);
  const options = { oneway, ...(serializeType && { serializeType }), ...(timeoutMillis && { timeoutMillis }) };
  const send = (server: Target, left: () => number) =>
    client.send(server, request, { ...options, timeoutMillis: left() });
  const targets = await targetsOf(target, nameServers, brokers);
  const outcomes = await Promise.all(
    targets.map((server) =>
      outcomeOf(formatAddress(server), () =>
        "brokerName" in server ? brokers.reach(server, send, timeoutMillis) : client.send(server, request, options),
      ),
    ),
  );
  const [only] = target === ALL_NAME_SERVERS ? [] : outcomes;
  if (only && !only.ok) throw only.fault;
  const show = (response: RemotingCommand) => shown(request, response);
  if (only?.value) return { status: 200, body: show(only.value) };
  return { status: oneway ? 202 : 200, body: { results: outcomes.map((outcome) => answeredRow(outcome, show)) } };
}

function requestOf(stated: Invocation): RequestCommand {
  const { version, language, extFields = {} } = stated;
  const usual = identityFor(undefined);
  const code = codeOf(stated);
  return {
    code,
    version: version ?? usual.version,
    language: language ?? usual.language,
    remark: null,
    extFields: statedFields(commandsOf(code), extFields),
    body: bodyOf(stated.body, stated.bodyBase64),
  };
}

function codeOf({ code, name }: Invocation): number {
  if ((code === undefined) === (name === undefined)) {
    throw new Fault("invalid-argument", "Cannot invoke: state a code or a name, one of the two");
  }
  const meant = code ?? catalogue.find((command) => command.name === name || command.formerly === name)?.code;
  if (meant === undefined) throw new Fault("invalid-argument", `Cannot invoke: no request is called ${name}`);
  return meant;
}

/** The answer, and what its body says where the request is known. */
function shown(request: RequestCommand, response: RemotingCommand): Static<typeof Reply> {
  const meant = commandsOf(request.code).findLast((each) => each.response.body);
  const version = Math.min(request.version, response.version);
  return { ...commandJson(response), ...decodedBody(meant?.response, { ...response, version }) };
}

function answeredRow(
  outcome: Outcome<RemotingCommand | null>,
  show: (response: RemotingCommand) => Static<typeof Reply>,
): Static<typeof Answered> {
  const { target } = outcome;
  if (outcome.ok) return { target, ok: true, response: outcome.value && show(outcome.value) };
  return { target, ok: false, problem: outcome.fault.fault, remark: outcome.fault.message };
}
