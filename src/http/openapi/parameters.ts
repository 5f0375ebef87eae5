import type { Query, Route } from "../route.ts";
import type { Schemas } from "./schemas.ts";
import type { Parameter } from "./types.ts";

/** What a parameter in a path is, and an example. A name means the same in every path. */
const known: Readonly<Record<string, readonly [meaning: string, example: string]>> = {
  broker: ["broker name", "b1"],
  className: ["full name of the Java class", "com.example.Filter"],
  client: ["client id", "10.0.0.9@4711"],
  cluster: ["cluster name", "c1"],
  code: ["request code", "105"],
  event: ["`eventId` of an event of the session", "7"],
  filterServer: ["host:port of a filter server that the topic's brokers tell of", "10.0.0.7:10921"],
  group: ["consumer group", "billing"],
  id: ["the registration's name in this gateway", "c1~b1~0"],
  key: ["the key", "colour"],
  namespace: ["the namespace", "settings"],
  nameServer: ["host:port of a configured name server, or `-` for all of them", "-"],
  offsetMsgId: ["offset message id, as sending answers with", "0A00000700002A9F0000000000000000"],
  producerGroup: ["producer group", "shop"],
  queue: ["queue of the broker, counted from 0", "0"],
  session: ["the session's name in this gateway", "0f8fad5b-d9cb-469f-a165-70867728950e"],
  statsKey: ["what it counts it of: a topic, `topic@group`, or the cluster name", "orders"],
  statsName: ["what the broker counts, such as TOPIC_PUT_NUMS or GROUP_GET_NUMS", "TOPIC_PUT_NUMS"],
  topic: ["topic name; `%RETRY%g` is `%25RETRY%25g`", "orders"],
  transaction: [
    "the transaction's id, as it was answered when its half message was sent",
    "1WyJvcmRlcnMiLCJiMSIsInNob3AiLCI3RjAwMDAwMTAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMCIsInQiLDAsMF0",
  ],
};

/** The parameters of a route: those in its path, of its query, and the headers that are its own. */
export function parametersOf({ path, query, headers }: Route, schemas: Schemas): Parameter[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  return [
    ...names.map(pathParameter),
    ...parametersIn("query", query, schemas),
    ...parametersIn("header", headers, schemas),
  ];
}

function pathParameter(name: string): Parameter {
  const [description, example] = known[name] ?? [];
  const described = { ...(description && { description }), schema: { type: "string", minLength: 1 } };
  return { name, in: "path", required: true, ...described, ...(example && { example }) };
}

function parametersIn(place: "query" | "header", parameters: Query, schemas: Schemas): Parameter[] {
  return Object.entries(parameters).map(([name, given]) => {
    const { description, ...schema } = schemas.describe(given);
    const required = !("~optional" in given);
    return { name, in: place, required, ...(typeof description === "string" && { description }), schema };
  });
}
