import { expect, test } from "bun:test";
import { operationIdOf } from "../../src/http/openapi/names.ts";
import { type Access, answer, type Method } from "../../src/http/route.ts";
import { Nullable, type TSchema, Type } from "../../src/schema/types.ts";

const list = Type.Object({ data: Type.Array(Type.String()), next: Nullable(Type.String()) });
const thing = Type.Object({});

const table: readonly (readonly [operation: string, name: string, schema?: TSchema, access?: Access])[] = [
  ["GET /", "getAbout"],
  ["GET /clusters", "listClusters", list],
  ["GET /clusters/{cluster}", "getCluster"],
  ["GET /clusters/{cluster}/topics", "listClusterTopics", list],
  ["GET /topics/{topic}/route", "getTopicRoute"],
  ["GET /brokers/registrations/{id}", "getBrokerRegistration"],
  ["POST /brokers/register", "registerBroker"],
  ["POST /brokers/data-version", "queryBrokerDataVersion", thing, "read"],
  ["PUT /brokers/{broker}/write-permission", "putBrokerWritePermission"],
  ["GET /kv/{namespace}", "getKvNamespace"],
  ["DELETE /kv/{namespace}/{key}", "deleteKvKey"],
  ["PATCH /name-servers/{nameServer}/config", "patchNameServerConfig"],
  ["GET /topics/{topic}/queues/{broker}/{queue}/offset", "getTopicQueueOffset"],
  ["POST /groups/{group}/offsets/reset", "resetGroupOffset"],
  ["POST /sessions", "postSession"],
  ["GET /groups/{group}/status", "getGroupStatus"],
  ["PUT /filter-servers/{address}/classes/{className}", "putFilterServerClass"],
  ["GET /openapi.json", "getOpenapiJson"],
];

test.each(table)("%s is %s", (operation, name, schema = thing, access = "admin") => {
  const [method = "", path = ""] = operation.split(" ");
  expect(operationIdOf({ method: method as Method, path, access, answers: { 200: answer("it", schema) } })).toBe(name);
});
