import type { Schemas } from "./schemas.ts";
import type { JsonSchema } from "./types.ts";

/** What the members and parameters of a name hold in examples. A schema's own `examples` come first. */
const samples: Readonly<Record<string, unknown>> = {
  cluster: "c1",
  clusterName: "c1",
  broker: "b1",
  brokerName: "b1",
  brokerId: 0,
  brokerAddr: "10.0.0.7:10911",
  haServerAddr: "10.0.0.7:10912",
  masterAddr: "10.0.0.6:10911",
  brokerAddrs: { "0": "10.0.0.7:10911" },
  brokerNames: ["b1"],
  nameServer: "10.0.0.1:9876",
  nameServers: ["10.0.0.1:9876"],
  topic: "orders",
  topicName: "orders",
  topicSysFlag: 0,
  readQueueNums: 8,
  writeQueueNums: 8,
  perm: 6,
  namespace: "settings",
  key: "colour",
  value: "blue",
  table: { colour: "blue" },
  filterServerList: [],
  staleTopics: [],
  id: "c1~b1~0",
  code: 0,
  codeName: "SUCCESS",
  remark: null,
  elapsedMs: 1.5,
  timestamp: 1_790_000_000_000,
  counter: 1,
  stateVersion: 0,
  expiresAt: 1_790_000_120_000,
  endsAt: 1_790_000_120_000,
  name: "rocketmq-gateway",
  version: "0.1.0",
  status: "ok",
  next: null,
};

/** The key of a map's one entry in examples, by the name of the map. */
const keys: Readonly<Record<string, string>> = {
  topicConfigTable: "orders",
  filterServerTable: "10.0.0.7:10911",
  topicQueueMappingByBroker: "b1",
  attributes: "+message.type",
  currIdMap: "0",
  brokerAddrTable: "b1",
  clusterAddrTable: "c1",
  links: "clusters",
};

/**
 * A value that fits the schema, with the members that it must have, or with all where it need not have any. `name` is
 * what the value is called where it stands.
 */
export function exampleOf(schema: JsonSchema, schemas: Schemas, name = ""): unknown {
  const part = schemas.resolve(schema);
  const own = ownExample(part);
  if (own !== undefined) return own;
  if (Object.hasOwn(samples, name) && isOf(part, samples[name])) return samples[name];
  if (Array.isArray(part.anyOf)) return exampleOf(part.anyOf[0], schemas, name);
  switch (part.type) {
    case "object":
      return objectExample(part, schemas, name);
    case "array":
      return [exampleOf(part.items as JsonSchema, schemas, name.replace(/s$/, ""))];
    case "integer":
    case "number":
      return Math.max(0, Number(part.minimum ?? 0));
    case "boolean":
      return true;
    default:
      return part.type === "string" ? name || "text" : null;
  }
}

/** Whether a sample is of the schema's type: names mean something else at some places. */
function isOf({ type, anyOf }: JsonSchema, sample: unknown): boolean {
  if (Array.isArray(anyOf)) return anyOf.some((part) => isOf(part, sample));
  if (type === "integer" || type === "number") return typeof sample === "number";
  if (type === "array" || type === "null") return type === (Array.isArray(sample) ? "array" : String(sample));
  return typeof sample === type && sample !== null && !Array.isArray(sample);
}

function ownExample({ examples, const: constant, enum: values, default: initial }: JsonSchema): unknown {
  const list = examples ?? values;
  return (Array.isArray(list) ? list[0] : undefined) ?? constant ?? initial;
}

function objectExample(schema: JsonSchema, schemas: Schemas, name: string): unknown {
  const { properties = {}, required = [], additionalProperties } = schema as ObjectSchema;
  const needed = Object.entries(properties).filter(([member]) => required.includes(member));
  const shown = needed.length > 0 ? needed : Object.entries(properties);
  const members = shown.map(([member, part]) => [member, exampleOf(part, schemas, member)] as const);
  if (shown.length > 0 || typeof additionalProperties !== "object") return Object.fromEntries(members);
  const key = keys[name] ?? "name";
  return { [key]: exampleOf(additionalProperties, schemas, key) };
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
}
