import { memberShape, shapeOf } from "../body/shape.ts";
import { Fault, type Violation } from "../errors.ts";
import { isJsonObject, type JsonValue } from "../json/value.ts";
import { Int32, Nullable, type Static, type TSchema, Type } from "../schema/types.ts";
import type { Question, QuestionReply } from "../sessions/questions.ts";
import { SUCCESS } from "../wire/response-codes.ts";
import { bodyOf } from "./frames.ts";
import { violationsOf } from "./validate.ts";

const Field = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);

/** The answer to what a broker asked by an event. */
export const SessionReply = Type.Object(
  {
    code: Type.Optional(Int32("response code; default 0, SUCCESS")),
    remark: Type.Optional(Nullable(Type.String({ description: "what to say beside it" }))),
    extFields: Type.Optional(
      Type.Record(Type.String(), Field, { description: "header fields by their names on the wire" }),
    ),
    body: Type.Optional(
      Type.Unknown({
        description:
          "to running-info-request a ConsumerRunningInfo, to consume-request a ConsumeMessageDirectlyResult, to " +
          "status-request a GetConsumerStatusBody; or a text, which is sent as it is",
      }),
    ),
    bodyBase64: Type.Optional(Type.String({ description: "the bytes of the body instead, in base64" })),
  },
  {
    additionalProperties: false,
    examples: [{ code: 0, body: { consumeResult: "CR_SUCCESS", order: false, autoCommit: true, spentTimeMills: 3 } }],
  },
);
type SessionReply = Static<typeof SessionReply>;

/** What is sent for a reply. Throws an `invalid-body` fault where its body is not what the question asks for. */
export function replyTo(
  { meaning, version }: Question,
  { code = SUCCESS, remark = null, extFields = {}, body, bodyBase64 }: SessionReply,
): QuestionReply {
  const fields = Object.fromEntries(Object.entries(extFields).map(([name, value]) => [name, String(value)]));
  const said = { code, remark, extFields: fields };
  if (body === undefined || typeof body === "string") return { ...said, body: bodyOf(body, bodyBase64) };
  if (bodyBase64 !== undefined) throw invalid([{ pointer: "/bodyBase64", detail: "is there beside a body" }]);
  const codec = meaning?.response.body;
  if (codec === undefined)
    throw invalid([{ pointer: "/body", detail: "must be a text: nothing is known of its form" }]);
  const stated = completed(codec.schema, body as JsonValue);
  const violations = violationsOf(codec.schema, stated);
  if (violations.length > 0) {
    throw invalid(violations.map(({ pointer, detail }) => ({ pointer: `/body${pointer}`, detail })));
  }
  return { ...said, body: codec.encode(stated, { version, header: {} }) };
}

/** The value with the lists and maps empty that it must have and hasn't: most clients have nothing to say there. */
function completed(schema: TSchema, value: JsonValue): JsonValue {
  if (!isJsonObject(value)) return value;
  const shape = shapeOf(schema);
  const empty = (shape.required ?? []).flatMap((name): [string, JsonValue][] => {
    const member = memberShape(shape, name);
    if (member?.items) return [[name, []]];
    return member?.patternProperties ? [[name, {}]] : [];
  });
  return { ...Object.fromEntries(empty), ...value };
}

function invalid(violations: readonly Violation[]): Fault {
  const list = violations.map(({ pointer, detail }) => `${pointer} ${detail}`).join("; ");
  return new Fault("invalid-body", `Cannot take the body: ${list}`, { violations });
}
