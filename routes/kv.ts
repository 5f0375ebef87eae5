import { deleteKvConfig } from "../src/commands/delete-kv-config.ts";
import { getKvConfig } from "../src/commands/get-kv-config.ts";
import { getKvListByNamespace } from "../src/commands/get-kv-list-by-namespace.ts";
import { putKvConfig } from "../src/commands/put-kv-config.ts";
import { fanOutAnswer } from "../src/http/results.ts";
import { del, get, json, put } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";

const Entry = Type.Object(
  { value: Type.String({ description: "the value, may be empty" }) },
  { additionalProperties: false },
);

export const kv = [
  get("/kv/{namespace}", {
    summary: "The entries of a namespace",
    calls: [getKvListByNamespace],
    answers: { 200: "the entries, as `table`" },
    async handle({ params }, { nameServers }) {
      const { body } = await nameServers.read(getKvListByNamespace, params);
      return { status: 200, body: body ?? { table: {} } };
    },
  }),

  get("/kv/{namespace}/{key}", {
    summary: "The value of a key",
    calls: [getKvConfig],
    answers: { 200: "the entry; as text/plain the bare value" },
    async handle({ params }, { nameServers }) {
      const { header } = await nameServers.read(getKvConfig, params);
      const value = header.value ?? "";
      return { status: 200, body: { ...params, value }, text: value };
    },
  }),

  put("/kv/{namespace}/{key}", {
    summary: "Set the value of a key on every name server",
    calls: [putKvConfig],
    body: json(Entry, (value) => ({ value })),
    answers: { 200: "every name server took it", 207: "some did" },
    async handle({ params, body }, { nameServers }) {
      const entry = { ...params, value: body.value };
      return fanOutAnswer(await nameServers.all(putKvConfig, entry), { body: entry });
    },
  }),

  del("/kv/{namespace}/{key}", {
    summary: "Delete a key on every name server",
    calls: [deleteKvConfig],
    answers: { 200: "every name server deleted it, or had no such key", 207: "some did" },
    async handle({ params }, { nameServers }) {
      return fanOutAnswer(await nameServers.all(deleteKvConfig, params), { body: params });
    },
  }),
];
