import { describe, expect, test } from "bun:test";
import { type ClusterInfo, clusterInfo } from "../../src/body/cluster-info.ts";
import type { BodyCodec } from "../../src/body/codec.ts";
import { kvTable } from "../../src/body/kv-table.ts";
import { registerBrokerBody } from "../../src/body/register-broker.ts";
import { dataVersion } from "../../src/body/topic-config.ts";
import { topicRouteData } from "../../src/body/topic-route.ts";
import type { Generation } from "../../src/wire/versions.ts";
import { contextOf, decoded, encoded } from "./golden.ts";

const read = <T>(codec: BodyCodec<T>, text: string, generation: Generation = "5.5.0") =>
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

  test("belong to the members that the schema declares", () => {
    const text =
      '{"topicConfigSerializeWrapper":{"topicConfigTable":{}},"filterServerList":[],"timestatmp":1,"timestamp":2}';
    const body = read(registerBrokerBody, text, "3.2.6");
    expect(body).toMatchObject({ timestatmp: 1, timestamp: 2 });
    expect(decoded(registerBrokerBody.encode(body, contextOf("3.2.6")))).toBe(text);
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
