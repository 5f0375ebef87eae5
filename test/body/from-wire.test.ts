import { describe, expect, test } from "bun:test";
import { clusterInfo } from "../../src/body/cluster-info.ts";
import type { BodyCodec } from "../../src/body/codec.ts";
import { consumeStats } from "../../src/body/consume-stats.ts";
import { kvTable } from "../../src/body/kv-table.ts";
import { dataVersion } from "../../src/body/topic-config.ts";
import { topicList } from "../../src/body/topic-list.ts";
import { topicRouteData } from "../../src/body/topic-route.ts";
import type { Generation } from "../../src/wire/versions.ts";
import { contextOf, encoded } from "./golden.ts";

const read = <T>(codec: BodyCodec<T>, text: string, generation: Generation = "5.5.0") =>
  codec.decode(encoded(text), contextOf(generation));

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
    expect(read(kvTable, '{"table":{"a":5,"b":true,"c":9007199254740993,"d":null}}').table).toStrictEqual({
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

  test("that are fractions are numbers, and no number is absent", () => {
    const tps = (text: string) => read(consumeStats, `{"consumeTps":${text}}`).consumeTps;
    expect(["0.5", "12", "-1e-3", "0.0", '"0.5"', "12345678901234567890"].map(tps)).toEqual([
      0.5, 12, -0.001, 0, 0.5, 12345678901234567000,
    ]);
    for (const text of ["null", "NaN", "-Infinity", '""', '"null"']) expect(tps(text)).toBeUndefined();
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
    [consumeStats, '{"consumeTps":"x"}', "consumeTps is not a number"],
    [consumeStats, '{"consumeTps":true}', "consumeTps is not a number"],
    [consumeStats, '{"consumeTps":[]}', "consumeTps is not a number"],
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
