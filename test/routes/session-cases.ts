import { expect } from "bun:test";
import type { Ask, Reply } from "../gateway/support/conformance.ts";
import type { Rig } from "../gateway/support/rig.ts";
import type { ScriptOptions } from "../support/scripted-server.ts";
import { refusing } from "../support/scripts.ts";
import { until } from "../support/until.ts";
import { brokerScript } from "./broker-script.ts";
import type { AnswerCase } from "./name-server-cases.ts";
import { registerBrokers } from "./support.ts";

const one: readonly ScriptOptions[] = [{ handlers: brokerScript }];
/** A second broker that refuses what the first one takes. */
const oneRefuses = (code: number) => [...one, { handlers: { ...brokerScript, [code]: refusing(1, "no") } }];
const taken = { brokerName: "b1", brokerId: 0, ok: true, code: 0, codeName: "SUCCESS", remark: null };
const refused = { brokerName: "b2", brokerId: 0, ok: false, code: 1, codeName: "SYSTEM_ERROR", remark: "no" };
const consumer = { group: "g", topic: "t" };
const shown = {
  id: expect.any(String),
  clientId: "c",
  producerGroups: ["p"],
  consumerGroups: [{ ...consumer, expression: "*", consumeType: "CONSUME_PASSIVELY" }],
  leaseMillis: 60_000,
  expiresAt: expect.any(Number),
  listeners: 0,
};

/** Opens a session at the brokers of the rig. */
async function opened(ask: Ask, rig: Rig): Promise<Reply> {
  await registerBrokers(rig, "t");
  return ask("POST /sessions", { body: { clientId: "c", producerGroups: ["p"], consumerGroups: [consumer] } });
}

/** Asks of a session that was opened. */
function afterwards(operation: string) {
  return async (ask: Ask, rig: Rig): Promise<Reply> => {
    const { id } = (await opened(ask, rig)).body;
    return ask(operation.replace("{session}", id));
  };
}

/** Listens to a session while `act` happens, and then until it is deleted. */
async function listening(ask: Ask, rig: Rig, act: (id: string) => Promise<Reply>) {
  const { id } = (await opened(ask, rig)).body;
  const stream = ask(`GET /sessions/${id}/events`);
  await until("somebody listens", async () => (await ask(`GET /sessions/${id}`)).body.listeners === 1);
  const acted = await act(id);
  await ask(`DELETE /sessions/${id}`);
  return { acted, stream: await stream };
}

/** Has the broker of a session ask it to consume a message. */
function askToConsume({ brokers }: Rig): void {
  const connection = brokers[0]?.connections.at(-1);
  const sender = { language: "JAVA", version: 513, remark: null, flag: 0 };
  connection?.command({ ...sender, code: 309, opaque: 1, extFields: { consumerGroup: "g" }, body: null });
}

/** Every answer of the routes about client sessions. */
export const sessionCases: readonly AnswerCase[] = [
  {
    answer: "POST /sessions 200",
    brokers: one,
    async act(ask, rig) {
      await registerBrokers(rig, "t");
      return ask("POST /sessions?dryRun=true", { body: { producerGroups: ["p"] } });
    },
    says: { dryRun: true, requests: [{ command: { code: 34, codeName: "HEART_BEAT", opaque: 2 } }] },
  },
  { answer: "POST /sessions 201", brokers: one, act: opened, says: { ...shown, results: [taken] } },
  { answer: "POST /sessions 207", brokers: oneRefuses(34), act: opened, says: { ...shown, results: [taken, refused] } },
  {
    answer: "GET /sessions 200",
    brokers: one,
    act: afterwards("GET /sessions"),
    says: { data: [{ ...shown, results: [{ ...taken, connected: true }] }], next: null },
  },
  {
    answer: "GET /sessions/{session} 200",
    brokers: oneRefuses(34),
    act: afterwards("GET /sessions/{session}"),
    says: {
      ...shown,
      results: [
        { ...taken, connected: true },
        { ...refused, connected: true },
      ],
    },
  },
  {
    answer: "PUT /sessions/{session}/heartbeat 200",
    brokers: one,
    act: afterwards("PUT /sessions/{session}/heartbeat"),
    says: { ...shown, results: [taken] },
  },
  {
    answer: "PUT /sessions/{session}/heartbeat 207",
    brokers: oneRefuses(34),
    act: afterwards("PUT /sessions/{session}/heartbeat"),
    says: { ...shown, results: [taken, refused] },
  },
  {
    answer: "DELETE /sessions/{session} 200",
    brokers: one,
    act: afterwards("DELETE /sessions/{session}"),
    says: { id: expect.any(String), results: [taken] },
  },
  {
    answer: "DELETE /sessions/{session} 207",
    brokers: oneRefuses(35),
    act: afterwards("DELETE /sessions/{session}"),
    says: { id: expect.any(String), results: [taken, refused] },
  },
  {
    answer: "GET /sessions/{session}/events 200",
    brokers: one,
    async act(ask, rig) {
      const { stream } = await listening(ask, rig, (id) => ask(`GET /sessions/${id}`));
      return { ...stream, body: stream.text.split("\n") };
    },
    says: expect.arrayContaining([": ", "event: expired", "id: 1", expect.stringContaining('"reason":"deleted"')]),
  },
  {
    answer: "POST /sessions/{session}/replies/{event} 204",
    brokers: one,
    async act(ask, rig) {
      const { acted } = await listening(ask, rig, (id) => {
        askToConsume(rig);
        return until("the event can be answered", async () => {
          const reply = await ask(`POST /sessions/${id}/replies/1`, { body: { code: 1 } });
          return reply.status !== 404 && reply;
        });
      });
      return { ...acted, body: {} };
    },
    says: {},
  },
];
