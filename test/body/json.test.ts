import { describe, expect, test } from "bun:test";
import { type ClusterInfo, clusterInfo } from "../../src/body/cluster-info.ts";
import type { BodyCodec } from "../../src/body/codec.ts";
import { kvTable } from "../../src/body/kv-table.ts";
import { registerBrokerBody } from "../../src/body/register-broker.ts";
import { dataVersion } from "../../src/body/topic-config.ts";
import { topicList } from "../../src/body/topic-list.ts";
import { topicRouteData } from "../../src/body/topic-route.ts";
import { contextOf, decoded, encoded } from "./golden.ts";

const read = <T>(codec: BodyCodec<T>, text: string, generation = "5.5.0" as "3.2.6" | "4.9.7" | "5.5.0") =>
  codec.decode(encoded(text), contextOf(generation));

describe("names that look like members", () => {
  const topic = {
    readQueueNums: 8,
    writeQueueNums: 8,
    perm: 6,
    topicFilterType: "SINGLE_TAG",
    topicSysFlag: 1,
    order: false,
  } as const;
  const odd = ["timestamp", "timestatmp", "topicSysFlag", "topicSynFlag", "brokerAddrs", "__proto__", "constructor"];

  for (const generation of ["3.2.6", "5.5.0"] as const) {
    test(`topics of such names go both ways to ${generation}`, () => {
      const body = {
        topicConfigSerializeWrapper: {
          dataVersion: { timestamp: 5, counter: 1 },
          topicConfigTable: Object.fromEntries(odd.map((topicName) => [topicName, { topicName, ...topic }])),
        },
        filterServerList: [],
      };
      const bytes = registerBrokerBody.encode(body, contextOf(generation));
      const wire = JSON.parse(decoded(bytes)).topicConfigSerializeWrapper;
      expect(Object.keys(wire.topicConfigTable)).toEqual(odd);
      expect(wire.topicConfigTable.timestamp.topicSysFlag).toBe(1);
      expect(wire.dataVersion).toEqual({ [generation === "3.2.6" ? "timestatmp" : "timestamp"]: 5, counter: 1 });
      const back = registerBrokerBody.decode(bytes, contextOf(generation));
      expect(back).toEqual(body);
      expect(Object.keys(back.topicConfigSerializeWrapper.topicConfigTable)).toEqual(odd);
    });

    test(`brokers and clusters of such names go both ways to ${generation}`, () => {
      const info: ClusterInfo = {
        brokerAddrTable: Object.fromEntries(
          odd.map((brokerName) => [brokerName, { brokerName, brokerAddrs: { "0": "a:1", "9007199254740993": "b:1" } }]),
        ),
        clusterAddrTable: Object.fromEntries(odd.map((name) => [name, [name]])),
      };
      const bytes = clusterInfo.encode(info, contextOf(generation));
      expect(decoded(bytes)).toContain(
        '"brokerAddrs":{"brokerName":"brokerAddrs","brokerAddrs":{0:"a:1",9007199254740993:"b:1"}}',
      );
      const back = clusterInfo.decode(bytes, contextOf(generation));
      expect(back).toEqual(info);
      expect(Object.keys(back.brokerAddrTable)).toEqual(odd);
    });

    test(`keys of such names go both ways to ${generation}`, () => {
      const table = { table: Object.fromEntries(odd.map((name) => [name, name])) };
      const back = kvTable.decode(kvTable.encode(table, contextOf(generation)), contextOf(generation));
      expect(Object.entries(back.table)).toEqual(Object.entries(table.table));
    });
  }

  test("nothing is polluted", () => {
    read(kvTable, '{"__proto__":{"table":{"polluted":"1"}},"table":{"__proto__":"x"}}');
    expect("polluted" in {}).toBe(false);
  });
});

describe("spellings of 3.x", () => {
  const route = '{"brokerDatas":[],"queueDatas":[{"brokerName":"b","topicSynFlag":3}],"filterServerTable":{}}';

  test("are read and written inside lists too, to 3.x alone", () => {
    const value = read(topicRouteData, route, "3.2.6");
    expect(value.queueDatas).toEqual([{ brokerName: "b", topicSysFlag: 3 } as never]);
    expect(decoded(topicRouteData.encode(value, contextOf("3.2.6")))).toBe(route);
    expect(decoded(topicRouteData.encode(value, contextOf("4.9.7")))).toContain('"topicSysFlag":3');
    expect(read(topicRouteData, route, "4.9.7").queueDatas).toEqual([{ brokerName: "b", topicSynFlag: 3 } as never]);
  });

  test("begin before version 213", () => {
    const version = { counter: 1, timestamp: 2 };
    const text = (at: number) => decoded(dataVersion.encode(version, { version: at, header: {} }));
    expect(text(212)).toBe('{"counter":1,"timestatmp":2}');
    expect(text(213)).toBe('{"counter":1,"timestamp":2}');
  });
});

describe("integers", () => {
  test("of 64 bits keep every digit, both ways", () => {
    const text = '{"counter":9223372036854775807,"stateVersion":-9223372036854775808,"timestamp":9007199254740993}';
    const value = read(dataVersion, text);
    expect(value).toEqual({
      counter: 2n ** 63n - 1n,
      stateVersion: -(2n ** 63n),
      timestamp: 9007199254740993n,
    });
    expect(decoded(dataVersion.encode(value, contextOf("5.5.0")))).toBe(text);
  });

  test("in quotes, as strict JSON has those beyond 2^53, are integers", () => {
    const text = '{"counter":"9007199254740993","timestamp":"7"}';
    for (const generation of ["3.2.6", "5.5.0"] as const) {
      const named = generation === "3.2.6" ? text.replace("timestamp", "timestatmp") : text;
      expect(read(dataVersion, named, generation)).toEqual({ counter: 9007199254740993n, timestamp: 7 });
    }
    expect(read(topicRouteData, '{"queueDatas":[{"perm":"6"}]}').queueDatas).toEqual([{ perm: 6 } as never]);
  });
});

describe("members", () => {
  test("that are null or absent: maps and lists are empty, others absent", () => {
    const empty = { brokerDatas: [], queueDatas: [], filterServerTable: {} };
    for (const text of ["{}", "null", '{"brokerDatas":null,"orderTopicConf":null}']) {
      expect(read(topicRouteData, text)).toEqual(empty);
    }
    expect(read(dataVersion, "{}")).toEqual({} as never);
  });

  test("that the schema doesn't know are kept", () => {
    const text = '{"table":{},"new":{"a":[1,{"b":9007199254740993}],"brokerAddrs":{1:"x"}}}';
    expect(read(kvTable, text)).toEqual({
      table: {},
      new: { a: [1, { b: 9007199254740993n }], brokerAddrs: { "1": "x" } },
    } as never);
  });

  test("of lists that are null are left out: 3.x and 4.x name a cluster without a name so", () => {
    expect(read(topicList, '{"topicList":[null,"a"],"brokerAddr":"b:1"}')).toEqual({
      topicList: ["a"],
      brokerAddr: "b:1",
    });
  });

  test("that should be text are, and truths", () => {
    expect(read(kvTable, '{"table":{"a":5,"b":true,"c":9007199254740993,"d":null}}').table).toEqual({
      a: "5",
      b: "true",
      c: "9007199254740993",
    });
    const flags = '{"brokerAddrTable":{"a":{"enableActingMaster":"true"},"b":{"enableActingMaster":false}}}';
    expect(read(clusterInfo, flags).brokerAddrTable).toMatchObject({
      a: { enableActingMaster: true },
      b: { enableActingMaster: false },
    });
  });

  test.each([
    [kvTable, "[]", "it is not an object"],
    [kvTable, "5", "it is not an object"],
    [kvTable, '"a"', "it is not an object"],
    [kvTable, '{"table":[]}', "table is not an object"],
    [kvTable, '{"table":5}', "table is not an object"],
    [kvTable, '{"table":{{}:"a"}}', "table is not an object"],
    [kvTable, '{"table":{"a":{}}}', "a is not a string"],
    [topicList, '{"topicList":{}}', "topicList is not an array"],
    [topicList, '{"topicList":"a"}', "topicList is not an array"],
    [topicList, '{"topicList":[[]]}', "an item of topicList is not a string"],
    [dataVersion, '{"counter":1.5}', "counter is not an integer"],
    [dataVersion, '{"counter":9223372036854775808}', "counter is not an integer"],
    [dataVersion, '{"counter":"9223372036854775808"}', "counter is not an integer"],
    [dataVersion, '{"counter":"x"}', "counter is not an integer"],
    [dataVersion, '{"counter":true}', "counter is not an integer"],
    [dataVersion, '{"counter":[]}', "counter is not an integer"],
    [clusterInfo, '{"brokerAddrTable":{"a":5}}', "a is not an object"],
    [
      clusterInfo,
      '{"brokerAddrTable":{"a":{"enableActingMaster":"constructor"}}}',
      "enableActingMaster is not a boolean",
    ],
    [clusterInfo, '{"clusterAddrTable":{"a":{}}}', "a is not an array"],
  ] as [BodyCodec<unknown>, string, string][])("of another type are undecodable: %#", (codec, text, reason) => {
    expect(() => read(codec, text)).toThrow(`Cannot decode body: ${reason}`);
  });
});

test("a long key is not repeated at any length in the message", () => {
  const key = "k".repeat(100_000);
  expect(() => read(kvTable, `{"table":{"${key}":{}}}`)).toThrow(
    `Cannot decode body: ${"k".repeat(200)} is not a string`,
  );
});

describe("bodies that would not end", () => {
  test("one object referred to from everywhere is read once", () => {
    const addresses = Array.from({ length: 20_000 }, (_, id) => `${id}:"a:1"`).join();
    const rest = Array.from({ length: 20_000 }, (_, i) => `"b${i}":{"$ref":"$.brokerAddrTable.a"}`).join();
    const text = `{"brokerAddrTable":{"a":{"brokerAddrs":{${addresses}}},${rest}},"clusterAddrTable":{}}`;
    const startedAt = performance.now();
    const { brokerAddrTable } = read(clusterInfo, text, "3.2.6");
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    expect(brokerAddrTable.b19999).toBe(brokerAddrTable.a as never);
  });

  test("one object in two places is read for each of them", () => {
    const text =
      '{"brokerAddrTable":{"a":{"brokerAddrs":{},"x":1}},"clusterAddrTable":{"c":{"$ref":"$.brokerAddrTable"}}}';
    expect(() => read(clusterInfo, text, "3.2.6")).toThrow("Cannot decode body: c is not an array");
  });

  test("a cycle is read as deep as the schema goes", () => {
    const { brokerAddrTable } = read(
      clusterInfo,
      '{"brokerAddrTable":{"a":{"$ref":"$"}},"clusterAddrTable":{}}',
      "3.2.6",
    );
    expect(brokerAddrTable.a).toMatchObject({ brokerAddrs: {}, clusterAddrTable: {} });
  });
});

describe("a key of brokerAddrs that is no integer", () => {
  test("is written in quotes", () => {
    const info = {
      brokerAddrTable: { a: { brokerName: "a", brokerAddrs: { x: "b", "1": "c" } } },
      clusterAddrTable: {},
    };
    expect(decoded(clusterInfo.encode(info, contextOf("5.5.0")))).toContain('"brokerAddrs":{1:"c","x":"b"}');
  });
});
