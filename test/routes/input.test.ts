import { describe, expect, test } from "bun:test";
import { startRig } from "../gateway/support/rig.ts";
import { broker } from "../support/http.ts";
import { nameServerScript } from "../support/scripts.ts";
import { identity } from "./support.ts";

const register = "POST /brokers/register";
const table = "/topicConfigSerializeWrapper/topicConfigTable";
const text = "must be a string";
const integer = "must be an integer";
const flag = "must be a boolean";
const object = "must be an object";
const address = "must be host:port or [IPv6]:port";
const required = "is required";
const unknown = "is not known here";
const empty = "must not have fewer than 1 characters";
const half = "is not a Unicode text: half a surrogate pair stands alone";

/** The broker of the examples as JSON text, with members that JSON.stringify can't write. */
function brokerWith(members: string): string {
  const { brokerId: _, ...rest } = broker();
  return `${JSON.stringify(rest).slice(0, -1)},${members.includes('"brokerId"') ? "" : '"brokerId":0,'}${members}}`;
}

function topicWith(members: object, name = "t"): object {
  return broker({ topicConfigSerializeWrapper: { topicConfigTable: { [name]: members } } });
}

/** Every member of the body of a registration in a wrong type. */
const allWrong = {
  clusterName: 1,
  brokerName: null,
  brokerAddr: "10.0.0.7",
  brokerId: "0",
  haServerAddr: ["10.0.0.7:10912"],
  compressed: "true",
  heartbeatTimeoutMillis: 299,
  enableActingMaster: 1,
  brokerPermission: 16,
  hold: "no",
  force: null,
  timeoutMillis: 60_001,
  filterServerList: ["10.0.0.7:1", 2, "nowhere"],
  topicConfigSerializeWrapper: {
    topicConfigTable: {
      "a/b~c": {
        topicName: "",
        readQueueNums: -1,
        writeQueueNums: "8",
        perm: 1.5,
        topicFilterType: "ANY_TAG",
        topicSysFlag: true,
        order: "false",
        attributes: { "+a": 1, b: "x" },
        more: {},
      },
      plain: 5,
    },
    dataVersion: { timestamp: "now", counter: 0.5, state: 1 },
    mappings: {},
  },
  more: 1,
};

const cases: readonly (readonly [what: string, operation: string, body: unknown, errors: Record<string, string>])[] = [
  ["no object", register, "null", { "": object }],
  ["a list", register, "[]", { "": object }],
  [
    "nothing of what is needed",
    register,
    {},
    {
      "/clusterName": required,
      "/brokerName": required,
      "/brokerAddr": required,
      "/brokerId": required,
      "/haServerAddr": required,
    },
  ],
  [
    "every member in a wrong type",
    register,
    allWrong,
    {
      "/clusterName": text,
      "/brokerName": text,
      "/brokerAddr": address,
      "/brokerId": integer,
      "/haServerAddr": text,
      "/compressed": flag,
      "/heartbeatTimeoutMillis": "must be >= 300",
      "/enableActingMaster": flag,
      "/brokerPermission": "must be <= 15",
      "/hold": flag,
      "/force": flag,
      "/timeoutMillis": "must be <= 60000",
      "/filterServerList/1": text,
      "/filterServerList/2": address,
      [`${table}/a~1b~0c/topicName`]: empty,
      [`${table}/a~1b~0c/readQueueNums`]: "must be >= 0",
      [`${table}/a~1b~0c/writeQueueNums`]: integer,
      [`${table}/a~1b~0c/perm`]: integer,
      [`${table}/a~1b~0c/topicFilterType`]: 'must be one of "SINGLE_TAG", "MULTI_TAG"',
      [`${table}/a~1b~0c/topicSysFlag`]: integer,
      [`${table}/a~1b~0c/order`]: flag,
      [`${table}/a~1b~0c/attributes/+a`]: text,
      [`${table}/a~1b~0c/more`]: unknown,
      [`${table}/plain`]: object,
      "/topicConfigSerializeWrapper/dataVersion/timestamp": integer,
      "/topicConfigSerializeWrapper/dataVersion/counter": integer,
      "/topicConfigSerializeWrapper/dataVersion/state": unknown,
      "/topicConfigSerializeWrapper/mappings": unknown,
      "/more": unknown,
    },
  ],
  [
    "empty names",
    register,
    broker({ clusterName: "", brokerName: "" }),
    { "/clusterName": empty, "/brokerName": empty },
  ],
  ["2^63", register, brokerWith('"brokerId":9223372036854775808'), { "/brokerId": "must be <= 9223372036854775807" }],
  ["a negative id", register, broker({ brokerId: -1 }), { "/brokerId": "must be >= 0" }],
  ["half an id", register, broker({ brokerId: 1.5 }), { "/brokerId": integer }],
  ["an endless id", register, brokerWith('"brokerId":1e999'), { "/brokerId": integer }],
  ["2^31 queues", register, topicWith({ perm: 2 ** 31 }), { [`${table}/t/perm`]: "must be <= 15" }],
  [
    "2^63 as a version",
    register,
    brokerWith(
      '"topicConfigSerializeWrapper":{"topicConfigTable":{},"dataVersion":{"timestamp":0,"counter":-9223372036854775809}}',
    ),
    { "/topicConfigSerializeWrapper/dataVersion/counter": "must be >= -9223372036854775808" },
  ],
  [
    "no port",
    register,
    broker({ brokerAddr: "10.0.0.7:0", haServerAddr: "h:65536" }),
    { "/brokerAddr": address, "/haServerAddr": address },
  ],
  ["a bare IPv6 address", register, broker({ brokerAddr: "::1:10911" }), { "/brokerAddr": address }],
  ["a line break behind an address", register, broker({ brokerAddr: "h:1\n" }), { "/brokerAddr": address }],
  ["a line break in a name", register, topicWith({ perm: "6" }, "a\nb"), { [`${table}/a\nb/perm`]: integer }],
  ["__proto__ as a member", register, brokerWith('"__proto__":{"hold":1}'), { "/__proto__": unknown }],
  [
    "constructor as a member",
    register,
    broker({ constructor: {}, toString: 1 }),
    { "/constructor": unknown, "/toString": unknown },
  ],
  [
    "__proto__ as a topic",
    register,
    brokerWith('"topicConfigSerializeWrapper":{"topicConfigTable":{"__proto__":{"perm":"6","__proto__":1}}}'),
    { [`${table}/__proto__/perm`]: integer, [`${table}/__proto__/__proto__`]: unknown },
  ],
  [
    "half surrogate pairs",
    register,
    brokerWith('"filterServerList":["\\ud800:1"],"topicConfigSerializeWrapper":{"topicConfigTable":{"\\udc00":{}}}'),
    { "/filterServerList/0": half, [`${table}/\ufffd`]: half },
  ],
  ["an id that is no number", "POST /brokers/unregister", identity({ brokerId: "0" }), { "/brokerId": integer }],
  [
    "what is of a registration",
    "POST /brokers/unregister",
    broker({ hold: true }),
    { "/haServerAddr": unknown, "/hold": unknown },
  ],
  ["no time at all", "POST /brokers/unregister", identity({ timeoutMillis: 0 }), { "/timeoutMillis": "must be >= 1" }],
  [
    "half a DataVersion",
    "POST /brokers/data-version",
    identity({ dataVersion: { counter: true } }),
    { "/dataVersion/timestamp": required, "/dataVersion/counter": integer },
  ],
  [
    "no topics",
    "PUT /brokers/registrations/x",
    { brokerAddr: 1 },
    { "/topicConfigSerializeWrapper": required, "/brokerAddr": text },
  ],
  ["no value", "PUT /kv/n/k", {}, { "/value": required }],
  ["a number for a value", "PUT /kv/n/k", { value: 1 }, { "/value": text }],
  ["null for a value", "PUT /kv/n/k", { value: null, key: "k" }, { "/value": text, "/key": unknown }],
  ["a bare text as JSON", "PUT /kv/n/k", '"v"', { "": object }],
  ["half a pair for a value", "PUT /kv/n/k", '{"value":"\\ud800"}', { "/value": half }],
];

describe("a body is refused, fault by fault, and nothing is sent, for", () => {
  test.each(cases)("%s: %s", async (_, operation, body, errors) => {
    await using rig = await startRig({ upstreams: [{ handlers: nameServerScript }] });
    const reply = await rig.ask(operation, { body });
    expect(reply).toMatchObject({ status: 422, body: { type: "/problems/invalid-body" } });
    const found = reply.body.errors as { pointer: string; detail: string }[];
    expect(Object.fromEntries(found.map(({ pointer, detail }) => [pointer, detail]))).toEqual(errors);
    expect(found).toHaveLength(Object.keys(errors).length);
    for (const { pointer, detail } of found) expect(reply.body.detail).toContain(`${pointer || "the body"} ${detail}`);
    expect(rig.scripted[0]?.journal).toEqual([]);
  });
});
