import { getAllSubscriptionGroupConfig } from "../src/commands/get-all-subscription-group-config.ts";
import { resumeConsumer } from "../src/commands/resume-consumer.ts";
import { suspendConsumer } from "../src/commands/suspend-consumer.ts";
import { updateAndCreateSubscriptionGroup } from "../src/commands/update-and-create-subscription-group.ts";
import { brokerQuery, brokersMeant, unknownBroker } from "../src/http/broker-target.ts";
import { EmulatedBy, emulatedBy } from "../src/http/emulated.ts";
import { gatheredAnswer, isAbsent } from "../src/http/gathered.ts";
import { GroupState, groupState, State, StateInput, setState } from "../src/http/group-state.ts";
import { groupAt } from "../src/http/group-table.ts";
import { BrokerResultsOf, fanOutAnswer } from "../src/http/results.ts";
import { answer, get, json, put } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";

const StateSet = BrokerResultsOf({
  groupName: Type.String({ description: "consumer group" }),
  state: State,
  emulatedBy: EmulatedBy,
});

/** What is sent in place of requests that no broker answers. */
const sent = [getAllSubscriptionGroupConfig, updateAndCreateSubscriptionGroup] as const;

export const groupStates = [
  get("/groups/{group}/state", {
    summary: "Whether a consumer group may consume, at every master that has it",
    calls: [getAllSubscriptionGroupConfig],
    query: brokerQuery,
    answers: {
      200: answer("the state at each broker", GroupState),
      207: answer("that at some", BrokerResultsOf(GroupState.properties)),
    },
    async handle({ params: { group }, query }, { brokers }) {
      const targets = await brokersMeant(query, brokers, { others: () => brokers.masters() });
      const outcomes = await brokers.each(targets, (one, left) => groupAt(one, group, brokers, left));
      return gatheredAnswer(outcomes, (parts) => groupState(group, parts));
    },
  }),

  put("/groups/{group}/state", {
    summary: "Suspend a consumer group or let it go on, at every master that has it, or at those that are named",
    calls: sent,
    emulates: [suspendConsumer, resumeConsumer],
    query: brokerQuery,
    body: json(StateInput),
    answers: { 200: answer("every broker that has it took it", StateSet), 207: answer("some did", StateSet) },
    problems: { 404: `${unknownBroker[404]}, or no broker has the group` },
    async handle({ params: { group }, query, body: { state } }, { brokers }) {
      const targets = await brokersMeant(query, brokers, { others: () => brokers.masters() });
      const outcomes = await brokers.each(targets, (one, left) => setState(one, { group, state }, brokers, left));
      const present = outcomes.filter((outcome) => !isAbsent(outcome));
      const body = { groupName: group, state, ...emulatedBy(...sent) };
      return fanOutAnswer(present.length > 0 ? present : outcomes, { body });
    },
  }),
];
