import { KvTable } from "../src/body/kv-table.ts";
import { deleteKvConfig } from "../src/commands/delete-kv-config.ts";
import { deleteKvConfigByValue } from "../src/commands/delete-kv-config-by-value.ts";
import { getKvConfig } from "../src/commands/get-kv-config.ts";
import { getKvConfigByValue } from "../src/commands/get-kv-config-by-value.ts";
import { getKvListByNamespace } from "../src/commands/get-kv-list-by-namespace.ts";
import { putKvConfig } from "../src/commands/put-kv-config.ts";
import { kvEntries, withValue } from "../src/discovery/kv.ts";
import type { NameServers } from "../src/discovery/name-servers.ts";
import { fanOutAnswer, ResultsOf } from "../src/http/results.ts";
import { answer, del, get, json, put } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";

const value = Type.String({ description: "the value, may be empty" });
const EntryInput = Type.Object({ value }, { additionalProperties: false });
const names = { namespace: Type.String(), key: Type.String() };
const Entry = Type.Object({ ...names, value });
const Put = ResultsOf({ ...names, value });
const Deleted = ResultsOf(names);
const keys = Type.Array(Type.String(), { description: "the keys that had the value" });
const DeletedByValue = ResultsOf({ namespace: names.namespace, value, keys }, { keys });

/**
 * Deletes the keys that have the value, each server's own, one after another. There is no request for it that every
 * generation answers: 217 and 218 are of 3.x, and 217 is a write since 5.0.
 */
function deleteByValue(nameServers: NameServers, namespace: string, value: string) {
  return nameServers.each(async (one, left) => {
    const entries = await kvEntries(one, namespace, left());
    const keys = withValue(entries, value)
      .map(([key]) => key)
      .sort();
    for (const key of keys) {
      const [outcome] = await one.all(deleteKvConfig, { namespace, key }, left());
      if (outcome?.ok === false) throw outcome.fault;
    }
    return keys;
  });
}

export const kv = [
  get("/kv/{namespace}", {
    summary: "The entries of a namespace, or those with a value",
    calls: [getKvListByNamespace],
    emulates: [getKvConfigByValue],
    query: { value: Type.Optional(Type.String({ description: "only entries with this value, which may be empty" })) },
    answers: { 200: answer("the entries", KvTable) },
    async handle({ params, query: { value } }, { nameServers }) {
      const { body } = await nameServers.read(getKvListByNamespace, params);
      const entries = Object.entries(body?.table ?? {});
      const table = Object.fromEntries(value === undefined ? entries : withValue(entries, value));
      return { status: 200, body: { table } };
    },
  }),

  del("/kv/{namespace}", {
    summary: "Delete every key of a namespace that has a value, on every name server",
    calls: [getKvListByNamespace, deleteKvConfig],
    emulates: [deleteKvConfigByValue],
    query: { value: Type.String({ description: "delete the entries with this value, which may be empty" }) },
    answers: {
      200: answer("no name server has such an entry any more", DeletedByValue),
      207: answer("some may have; to repeat it goes on where it stopped", DeletedByValue),
    },
    async handle({ params: { namespace }, query: { value } }, { nameServers }) {
      const outcomes = await deleteByValue(nameServers, namespace, value);
      const keys = [...new Set(outcomes.flatMap((outcome) => (outcome.ok ? outcome.value : [])))].sort();
      return fanOutAnswer(outcomes, { body: { namespace, value, keys } }, (own) => ({ keys: own }));
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
