import { addWritePermOfBroker } from "../src/commands/add-write-perm-of-broker.ts";
import { getBrokerClusterInfo } from "../src/commands/get-broker-cluster-info.ts";
import { wipeWritePermOfBroker } from "../src/commands/wipe-write-perm-of-broker.ts";
import type { NameServers } from "../src/discovery/name-servers.ts";
import type { Outcome } from "../src/discovery/outcome.ts";
import { Fault } from "../src/errors.ts";
import { fanOutAnswer, ResultsOf } from "../src/http/results.ts";
import { type Answer, answer, del, put } from "../src/http/route.ts";
import { Int32, Nullable, Type } from "../src/schema/types.ts";

const names = { brokerName: Type.String({ description: "broker name" }) };
const Added = ResultsOf(names, { addTopicCount: Nullable(Int32("how many topics of the broker got it")) });
const Wiped = ResultsOf(names, { wipeTopicCount: Nullable(Int32("how many topics of the broker lost it")) });
const problems = { 404: "no name server knows a broker of that name" };

interface Counts {
  readonly addTopicCount?: number | undefined;
  readonly wipeTopicCount?: number | undefined;
}

/** What each name server changed. Throws `not-found` where all of them did nothing, for want of such a broker. */
async function changedAnswer(
  brokerName: string,
  outcomes: readonly Outcome<{ readonly header: Counts }>[],
  nameServers: NameServers,
  member: keyof Counts,
): Promise<Answer> {
  const countOf = ({ header }: { readonly header: Counts }) => header[member] ?? null;
  const answer = fanOutAnswer(outcomes, { body: { brokerName } }, (value) => ({ [member]: countOf(value) }));
  const isNothing = outcomes.every((outcome) => outcome.ok && countOf(outcome.value) === 0);
  if (isNothing && !(await isKnown(brokerName, nameServers))) {
    throw new Fault("not-found", `Cannot find broker ${brokerName}: no name server knows one of that name`);
  }
  return answer;
}

/** Whether some name server may have the broker: without topics, it counts none for it as for any other name. */
async function isKnown(brokerName: string, nameServers: NameServers): Promise<boolean> {
  const outcomes = await nameServers.each(async (one, left) => {
    const { body } = await one.read(getBrokerClusterInfo, {}, left());
    return Object.hasOwn(body?.brokerAddrTable ?? {}, brokerName);
  });
  return outcomes.some((outcome) => !outcome.ok || outcome.value);
}

export const writePermission = [
  put("/brokers/{broker}/write-permission", {
    summary: "Let clients write to a broker again: every topic on it gets permission 6",
    calls: [addWritePermOfBroker, getBrokerClusterInfo],
    answers: { 200: answer("every name server did it", Added), 207: answer("some did", Added) },
    problems,
    async handle({ params: { broker: brokerName } }, { nameServers }) {
      const outcomes = await nameServers.all(addWritePermOfBroker, { brokerName });
      return changedAnswer(brokerName, outcomes, nameServers, "addTopicCount");
    },
  }),

  del("/brokers/{broker}/write-permission", {
    summary: "Keep clients from writing to a broker: every topic on it loses that permission",
    calls: [wipeWritePermOfBroker, getBrokerClusterInfo],
    answers: { 200: answer("every name server did it", Wiped), 207: answer("some did", Wiped) },
    problems,
    async handle({ params: { broker: brokerName } }, { nameServers }) {
      const outcomes = await nameServers.all(wipeWritePermOfBroker, { brokerName });
      return changedAnswer(brokerName, outcomes, nameServers, "wipeTopicCount");
    },
  }),
];
