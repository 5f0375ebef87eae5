import { KvTable } from "../src/body/kv-table.ts";
import { deleteKvConfig } from "../src/commands/delete-kv-config.ts";
import { getKvConfig } from "../src/commands/get-kv-config.ts";
import { getKvListByNamespace } from "../src/commands/get-kv-list-by-namespace.ts";
import { putKvConfig } from "../src/commands/put-kv-config.ts";
import { fanOutAnswer, ResultsOf } from "../src/http/results.ts";
import { answer, del, get, json, put } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";

const value = Type.String({ description: "the value, may be empty" });
const EntryInput = Type.Object({ value }, { additionalProperties: false });
const names = { namespace: Type.String(), key: Type.String() };
const Entry = Type.Object({ ...names, value });
const Put = ResultsOf({ ...names, value });
const Deleted = ResultsOf(names);

export const kv = [
  get("/kv/{namespace}", {
    summary: "The entries of a namespace",
    calls: [getKvListByNamespace],
    answers: { 200: answer("the entries", KvTable) },
    async handle({ params }, { nameServers }) {
      const { body } = await nameServers.read(getKvListByNamespace, params);
      return { status: 200, body: body ?? { table: {} } };
    },
  }),

  get("/kv/{namespace}/{key}", {
    summary: "The value of a key",
    calls: [getKvConfig],
    answers: { 200: answer("the entry; as text/plain the bare value", Entry) },
    hasText: true,
    async handle({ params }, { nameServers }) {
      const { header } = await nameServers.read(getKvConfig, params);
      const value = header.value ?? "";
      return { status: 200, body: { ...params, value }, text: value };
    },
  }),

  put("/kv/{namespace}/{key}", {
    summary: "Set the value of a key on every name server",
    calls: [putKvConfig],
    body: json(EntryInput, (text) => ({ value: text })),
    answers: { 200: answer("every name server took it", Put), 207: answer("some did", Put) },
    async handle({ params, body }, { nameServers }) {
      const entry = { ...params, value: body.value };
      return fanOutAnswer(await nameServers.all(putKvConfig, entry), { body: entry });
    },
  }),

  del("/kv/{namespace}/{key}", {
    summary: "Delete a key on every name server",
    calls: [deleteKvConfig],
    answers: { 200: answer("no name server has it any more", Deleted), 207: answer("some may have", Deleted) },
    async handle({ params }, { nameServers }) {
      return fanOutAnswer(await nameServers.all(deleteKvConfig, params), { body: params });
    },
  }),
];
