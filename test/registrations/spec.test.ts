import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type RegistrationInput, registrationId, specOf } from "../../src/registrations/spec.ts";
import { broker, topics } from "./support.ts";

const versionOf = (spec: ReturnType<typeof specOf>) => spec.topicConfigSerializeWrapper.dataVersion;

describe("the id", () => {
  const ids: [id: string, part: Partial<RegistrationInput>][] = [
    ["c1~b1~0", {}],
    ["c1~b1~9007199254740993", { brokerId: 9_007_199_254_740_993n }],
    ["a%7Eb~c~0", { clusterName: "a~b", brokerName: "c" }],
    ["a~b%7Ec~0", { clusterName: "a", brokerName: "b~c" }],
    ["%C3%BC%2F%3F~x%20y~0", { clusterName: "ü/?", brokerName: "x y" }],
    ["%EF%BF%BD~b1~0", { clusterName: "\ud800" }],
  ];
  for (const [id, part] of ids) {
    test(`can be ${id}`, () => expect(registrationId(broker(part))).toBe(id));
  }
});

describe("the defaults", () => {
  test("of a topic are those of a new one, and its key is its name", () => {
    const { topicConfigTable } = specOf(
      broker(topics({ A: {}, B: { perm: 4, order: true } })),
    ).topicConfigSerializeWrapper;
    const common = { readQueueNums: 8, writeQueueNums: 8, topicFilterType: "SINGLE_TAG", topicSysFlag: 0 };
    expect(topicConfigTable).toEqual({
      A: { ...common, topicName: "A", perm: 6, order: false },
      B: { ...common, topicName: "B", perm: 4, order: true },
    } as never);
  });

  test("of a registration are no topics and no filter servers, at the first DataVersion", () => {
    const spec = specOf(broker());
    expect(spec.filterServerList).toEqual([]);
    expect(spec.topicConfigSerializeWrapper.topicConfigTable).toEqual({});
    expect(versionOf(spec)).toMatchObject({ stateVersion: 0, counter: 1 });
    expect(Math.abs(Number(versionOf(spec).timestamp) - Date.now())).toBeLessThan(1_000);
  });

  test("take a topic of any name", () => {
    const table = JSON.parse(`{"__proto__":{},"constructor":{}}`);
    const spec = specOf(broker(topics(table)));
    expect(Object.keys(spec.topicConfigSerializeWrapper.topicConfigTable)).toEqual(["__proto__", "constructor"]);
  });
});

describe("the DataVersion", () => {
  const first = specOf(broker(topics({ A: {}, B: { attributes: { x: "1", y: "2" } } })));

  const same: Record<string, RegistrationInput> = {
    "nothing is different": broker(topics({ A: {}, B: { attributes: { x: "1", y: "2" } } })),
    "a default is spelled out": broker(
      topics({ A: { perm: 6, topicName: "A" }, B: { attributes: { x: "1", y: "2" } } }),
    ),
    "members come in another order": broker(topics({ B: { attributes: { y: "2", x: "1" } }, A: {} })),
    "an empty list is spelled out": broker({
      filterServerList: [],
      ...topics({ A: {}, B: { attributes: { x: "1", y: "2" } } }),
    }),
  };
  for (const [name, input] of Object.entries(same)) {
    test(`stays when ${name}`, () => expect(specOf(input, first)).toBe(first));
  }

  const { topicConfigTable } = first.topicConfigSerializeWrapper;
  const different: Record<string, Partial<RegistrationInput>> = {
    "a topic comes": topics({ ...topicConfigTable, C: {} }),
    "a topic goes": topics({ A: {} }),
    "a topic changes": topics({ ...topicConfigTable, A: { perm: 4 } }),
    "an attribute changes": topics({ ...topicConfigTable, B: { attributes: { x: "1", y: "3" } } }),
    "the address changes": { brokerAddr: "10.0.0.8:10911" },
    "a filter server comes": { filterServerList: ["10.0.0.9:1"] },
    "the permission changes": { brokerPermission: 4 },
  };
  for (const [name, change] of Object.entries(different)) {
    test(`moves when ${name}`, () => {
      const next = specOf({ ...broker(), ...topics(topicConfigTable), ...change }, first);
      expect(versionOf(next)).toMatchObject({ stateVersion: 0, counter: 2 });
    });
  }

  test("is the one that was given", () => {
    const dataVersion = { stateVersion: 3, timestamp: 5, counter: 9_007_199_254_740_993n };
    const input = broker({ topicConfigSerializeWrapper: { topicConfigTable: {}, dataVersion } });
    const given = specOf(input);
    expect(versionOf(given)).toEqual(dataVersion);
    expect(versionOf(specOf(broker(topics({ A: {} })), given))).toMatchObject({
      stateVersion: 3,
      counter: 9_007_199_254_740_994n,
    });
  });

  test("moves on every change of a history and only then", () => {
    const table = fc.dictionary(fc.constantFrom("A", "B", "C"), fc.record({ perm: fc.constantFrom(2, 4, 6) }));
    fc.assert(
      fc.property(fc.array(table, { minLength: 1, maxLength: 12 }), ([head = {}, ...rest]) => {
        let previous = specOf(broker(topics(head)));
        const said = (table: Record<string, { perm: number }>) =>
          ["A", "B", "C"].map((name) => table[name]?.perm).join();
        let before = said(head);
        for (const next of rest) {
          const spec = specOf(broker(topics(next)), previous);
          const moved = Number(versionOf(spec).counter) - Number(versionOf(previous).counter);
          expect(moved).toBe(said(next) === before ? 0 : 1);
          previous = spec;
          before = said(next);
        }
      }),
    );
  });
});
