import type { Command, CommandName } from "../commands/command.ts";
import { catalogue } from "../commands/index.ts";
import type { Fields } from "../schema/fields.ts";
import { Int32, Nullable, publicSchema, type Static, Type } from "../schema/types.ts";
import { responseCodes } from "../wire/response-codes.ts";
import type { Route } from "./route.ts";

const HeaderField = Type.Object({
  name: Type.String({ description: "its name in Java" }),
  wire: Type.String({ description: "its name on the wire" }),
  required: Type.Boolean(),
  schema: Type.Unknown({ description: "JSON Schema of its values" }),
});

const Half = Type.Object({
  header: Type.Array(HeaderField),
  body: Nullable(Type.Unknown({ description: "JSON Schema of the body, null where there is none" })),
});

/** One request code: what it means, who answers it where, and the operations that send it. */
export const CodeJson = Type.Object({
  code: Int32("request code"),
  name: Type.String({ description: "its name in RequestCode" }),
  formerly: Type.Optional(Type.String({ description: "its name there in 3.2.6, where that is another one" })),
  description: Type.String(),
  servedBy: Type.Record(Type.String(), Type.Array(Type.String()), { description: "servers by generation" }),
  request: Half,
  response: Half,
  routes: Type.Array(Type.String(), { description: "operations that send it" }),
});
export type CodeJson = Static<typeof CodeJson>;

/** Every request code with its meanings, in order of code. `routes` are those of the API. */
export function codesJson(routes: readonly Route[]): CodeJson[] {
  return catalogue.map((command) => codeJson(command, routes));
}

function codeJson(
  { code, name, formerly, description, servedBy, request, response }: Command,
  routes: readonly Route[],
): CodeJson {
  const isThis = (call: CommandName) => call.code === code && call.name === name;
  const senders = routes.filter(({ calls, emulates, hears }) => [...calls, ...emulates, ...hears].some(isThis));
  return {
    code,
    name,
    ...(formerly && { formerly }),
    description,
    servedBy: Object.fromEntries(Object.entries(servedBy).map(([generation, servers]) => [generation, [...servers]])),
    request: { header: fieldsJson(request.header), body: request.body ? publicSchema(request.body.schema) : null },
    response: { header: fieldsJson(response.header), body: response.body ? publicSchema(response.body.schema) : null },
    routes: senders.map(({ method, path }) => `${method} ${path}`),
  };
}

function fieldsJson(fields: Fields) {
  return Object.entries(fields).map(([name, { wire = name, optional, schema }]) => {
    return { name, wire, required: !optional, schema: publicSchema(schema) };
  });
}

/** Every response code with its name. */
export function responseCodesJson(): { code: number; name: string }[] {
  const rows = Object.entries(responseCodes).map(([code, name]) => ({ code: Number(code), name }));
  return rows.sort((a, b) => a.code - b.code);
}
