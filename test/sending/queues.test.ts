import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { TopicRoute } from "../../src/discovery/directory.ts";
import { createChoice } from "../../src/sending/choice.ts";
import { javaHash, queuesFor, writableQueues } from "../../src/sending/queues.ts";
import { faultOf } from "../support/fault-of.ts";

const broker = (brokerName: string, brokerId = 0) =>
  ({ kind: "broker", host: "h", port: 1, cluster: null, brokerName, brokerId, address: "h:1" }) as const;

function route(data: Partial<TopicRoute["data"]>, ...brokers: TopicRoute["brokers"][number][]): TopicRoute {
  return { data: { queueDatas: [], brokerDatas: [], filterServerTable: {}, ...data }, brokers };
}

const queues = (brokerName: string, writeQueueNums: number, perm = 6) => {
  return { brokerName, readQueueNums: 9, writeQueueNums, perm, topicSysFlag: 0 };
};
const shown = (topic: TopicRoute) =>
  writableQueues(topic).map(({ broker, queueId }) => `${broker.brokerName}${queueId}`);

describe("the queues of a topic", () => {
  test("are those that a master takes messages for, by broker and number", () => {
    const queueDatas = [queues("c", 1), queues("b", 2), queues("a", 2, 4), queues("d", 1), queues("B", 1, 2)];
    const brokers = [broker("a"), broker("b", 1), broker("b"), broker("c"), broker("d", 1), broker("B")];
    expect(shown(route({ queueDatas }, ...brokers))).toEqual(["B0", "b0", "b1", "c0"]);
  });

  test("are those of its order, where name servers tell one", () => {
    const queueDatas = [queues("a", 8), queues("b", 8)];
    const orderTopicConf = "b:2;a:1;gone:3;bad:x;";
    expect(shown(route({ queueDatas, orderTopicConf }, broker("a"), broker("b")))).toEqual(["b0", "b1", "a0"]);
  });

  test("hold every group in one place", () => {
    const topic = route({ queueDatas: [queues("a", 3), queues("b", 4)] }, broker("a"), broker("b"));
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (messageGroup) => {
        const chosen = queuesFor("t", topic, { messageGroup }, "");
        expect(chosen).toHaveLength(1);
        expect(queuesFor("t", topic, { messageGroup }, "")).toEqual(chosen);
        expect(writableQueues(topic)).toEqual(expect.arrayContaining([...chosen]));
      }),
    );
  });

  test("that aren't there are refused", async () => {
    const topic = route({ queueDatas: [queues("a", 3)] }, broker("a"));
    const none = route({ queueDatas: [queues("a", 3, 4)] }, broker("a"));
    const fault = async (of: TopicRoute, aim: object) =>
      (await faultOf((async () => queuesFor("t", of, aim, "/3"))())).options;
    expect(await fault(topic, { brokerName: "x" })).toMatchObject({ violations: [{ pointer: "/3/brokerName" }] });
    expect(await fault(topic, { brokerName: "a", queueId: 3 })).toMatchObject({
      violations: [{ pointer: "/3/queueId" }],
    });
    expect(await fault(none, {})).toMatchObject({ hint: expect.stringContaining("write-permission") });
  });
});

// String.hashCode of a JDK.
test.each([
  ["", 0],
  ["a", 97],
  ["order-7", -1207111304],
  ["polygenelubricants", -2147483648],
  ["Straße", -1808122922],
  ["👋", 1772462],
])("%j has the hash that Java gives it", (text, hash) => {
  expect(javaHash(text)).toBe(hash);
});

describe("the choice", () => {
  const limits = { failingBrokerMillis: 10_000, maxKeptRoutes: 2 };
  const all = [0, 1].flatMap((queueId) => ["a", "b"].map((name) => ({ broker: broker(name), queueId })));
  const none: ReadonlySet<string> = new Set();

  test("takes each queue in turn, of each topic by itself", () => {
    const choice = createChoice(limits);
    const taken = Array.from({ length: 8 }, () => [choice.next("t", all, none), choice.next("u", all, none)]);
    for (const nth of [0, 1]) expect(new Set(taken.slice(0, 4).map((pair) => pair[nth]))).toEqual(new Set(all));
    expect(taken.slice(4)).toEqual(taken.slice(0, 4));
  });

  test("passes over a broker that failed, unless all did", () => {
    const choice = createChoice(limits);
    choice.failed("a");
    const names = () => new Set(Array.from({ length: 4 }, () => choice.next("t", all, none)?.broker.brokerName));
    expect(names()).toEqual(new Set(["b"]));
    choice.failed("b");
    expect(names()).toEqual(new Set(["a", "b"]));
    expect(choice.next("t", all, new Set(["b"]))?.broker.brokerName).toBe("a");
    expect(choice.next("t", all, new Set(["a", "b"]))).toBeUndefined();
  });

  test("comes back to it after a while", () => {
    const choice = createChoice({ ...limits, failingBrokerMillis: 0 });
    choice.failed("a");
    const names = new Set(Array.from({ length: 4 }, () => choice.next("t", all, none)?.broker.brokerName));
    expect(names).toEqual(new Set(["a", "b"]));
  });
});
