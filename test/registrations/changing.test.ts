import { describe, expect, test } from "bun:test";
import { faultOf } from "../support/fault-of.ts";
import { refusing } from "../support/scripts.ts";
import { house, ID, only, received, topics } from "./support.ts";

const AB = topics({ A: {}, B: {} });

describe("the same registration again", () => {
  test("is not new, and registers over the same connection with the same DataVersion", async () => {
    const own = await house();
    const first = await own.register(AB);
    const again = await own.register(AB);
    expect(first).toMatchObject({ id: ID, isNew: true, isHeld: true });
    expect(again).toMatchObject({ id: ID, isNew: false, isHeld: true });
    const [one, two] = received(only(own)).map(({ body }) => body);
    expect(two).toEqual(one as never);
    expect(only(own).connections).toHaveLength(1);
    expect(own.registrations.list()).toHaveLength(1);
    await own.registrations.close(100);
  });

  test("with other content moves the DataVersion", async () => {
    const own = await house();
    await own.register(AB);
    await own.register(topics({ A: {} }));
    const versions = received(only(own)).map(({ body }) => body.topicConfigSerializeWrapper.dataVersion.counter);
    expect(versions).toEqual([1, 2]);
    await own.registrations.close(100);
  });

  test("that every server refuses leaves what was held", async () => {
    const own = await house();
    await own.register(AB);
    only(own).handlers[103] = refusing(1);
    const result = await own.register(topics({ C: {} }));
    expect(result).toMatchObject({ isHeld: true, isNew: false, outcomes: [{ ok: false }] });
    const { topicConfigTable } = own.registrations.get(ID).spec.topicConfigSerializeWrapper;
    expect(Object.keys(topicConfigTable)).toEqual(["A", "B"]);
    await own.registrations.close(100);
  });
});

describe("a change", () => {
  test("replaces the topics, registers at once and names those that are stale", async () => {
    const own = await house();
    await own.register({ ...AB, heartbeatTimeoutMillis: 9_000 });
    const change = { topicConfigSerializeWrapper: { topicConfigTable: { B: {}, C: {} } } };
    const result = await own.registrations.change(ID, change, 1_000);
    expect(result).toMatchObject({ id: ID, isHeld: true, isNew: false, staleTopics: ["A"] });
    const [, sent] = received(only(own));
    expect(Object.keys(sent?.body.topicConfigSerializeWrapper.topicConfigTable ?? {})).toEqual(["B", "C"]);
    expect(sent?.body.topicConfigSerializeWrapper.dataVersion.counter).toBe(2);
    // What it doesn't mention stays.
    expect(sent?.header.heartbeatTimeoutMillis).toBe(9_000);
    await own.registrations.close(100);
  });

  test("that changes nothing registers all the same, at the same DataVersion", async () => {
    const own = await house([{ handlers: { 322: () => ({ extFields: { changed: "false" } }) } }]);
    await own.register(AB, { force: false });
    const result = await own.registrations.change(
      ID,
      { topicConfigSerializeWrapper: { topicConfigTable: { B: {}, A: {} } } },
      1_000,
    );
    expect(result.staleTopics).toEqual([]);
    expect(only(own).journal).toEqual(["1 open", "1 101", "1 322", "1 103"]);
    expect(received(only(own))[0]?.body.topicConfigSerializeWrapper.dataVersion.counter).toBe(1);
    await own.registrations.close(100);
  });

  test("can't make it another registration", async () => {
    const own = await house();
    await own.register(AB);
    const change = { ...AB, brokerName: "b2" } as Parameters<typeof own.registrations.change>[1];
    expect(await faultOf(own.registrations.change(ID, change, 1_000))).toMatchObject({ fault: "conflict" });
    // Naming it as it is does no harm.
    await own.registrations.change(ID, { ...change, brokerName: "b1" }, 1_000);
    expect(received(only(own))).toHaveLength(2);
    await own.registrations.close(100);
  });

  test("of what isn't held isn't found, and neither is anything else of it", async () => {
    const { registrations } = await house();
    const change = { topicConfigSerializeWrapper: { topicConfigTable: {} } };
    expect(await faultOf(registrations.change(ID, change, 1_000))).toMatchObject({ fault: "not-found" });
    expect(await faultOf(registrations.release(ID, 1_000))).toMatchObject({ fault: "not-found" });
    expect(() => registrations.get(ID)).toThrow(`Cannot find registration ${ID}`);
    expect(registrations.has(ID)).toBe(false);
  });

  test("of the address counts for every later refresh and for the end", async () => {
    const own = await house();
    await own.register(AB);
    await own.registrations.change(ID, { ...AB, brokerAddr: "10.0.0.9:10911" } as never, 1_000);
    await own.registrations.release(ID, 1_000);
    const [unregistered] = only(own).requests(104);
    expect(unregistered?.extFields).toEqual({
      clusterName: "c1",
      brokerName: "b1",
      brokerAddr: "10.0.0.9:10911",
      brokerId: "0",
    });
  });
});
