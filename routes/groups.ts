import { SubscriptionGroupConfig } from "../src/body/subscription-group.ts";
import { DataVersion } from "../src/body/topic-config.ts";
import { deleteSubscriptionGroup } from "../src/commands/delete-subscription-group.ts";
import { getAllSubscriptionGroupConfig } from "../src/commands/get-all-subscription-group-config.ts";
import { updateAndCreateSubscriptionGroup } from "../src/commands/update-and-create-subscription-group.ts";
import { brokerIdQuery, brokerQuery, brokersMeant, brokersNamed, unknownBroker } from "../src/http/broker-target.ts";
import { gatheredAnswer } from "../src/http/gathered.ts";
import { GroupInput, groupBodyOf, groupMembers, mustKnowSettings, statedGroup } from "../src/http/group-config.ts";
import { mustBeGone, offsetsToo } from "../src/http/group-deletion.ts";
import { GroupRow, groupAt, groupRows, MergedGroupRow, mergedGroupRows } from "../src/http/group-table.ts";
import { ListOf } from "../src/http/list.ts";
import { mannerQuery } from "../src/http/manner.ts";
import { BrokerResultsOf, fanOutAnswer } from "../src/http/results.ts";
import { answer, del, get, json, put } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";

const Groups = ListOf(MergedGroupRow);
const BrokerGroups = Type.Object({ ...ListOf(GroupRow).properties, dataVersion: Type.Optional(DataVersion) });
const Stated = BrokerResultsOf(groupMembers);
const Deleted = BrokerResultsOf({ groupName: Type.String({ description: "consumer group" }) });
const noTable = { subscriptionGroupTable: {}, dataVersion: { timestamp: 0, counter: 0 } };

export const groups = [
  get("/groups", {
    summary: "The consumer groups of every master, or of those of a cluster, or of one broker",
    calls: [getAllSubscriptionGroupConfig],
    query: brokerQuery,
    answers: {
      200: answer("the groups; brokers that have one alike share a row", Groups),
      207: answer("those of some brokers", BrokerResultsOf(Groups.properties)),
    },
    async handle({ query }, { brokers }) {
      const targets = await brokersMeant(query, brokers, { others: () => brokers.masters() });
      const outcomes = await brokers.each(targets, async (one, left) => {
        return (await brokers.read(one, getAllSubscriptionGroupConfig, {}, left())).body ?? noTable;
      });
      return gatheredAnswer(outcomes, (parts) => ({ data: mergedGroupRows(parts), next: null }));
    },
  }),

  get("/brokers/{broker}/groups", {
    summary: "The consumer groups of a broker",
    calls: [getAllSubscriptionGroupConfig],
    query: brokerIdQuery,
    answers: { 200: answer("the groups, and the version of the broker's table", BrokerGroups) },
    async handle({ params: { broker }, query: { brokerId } }, { brokers }) {
      const { body } = await brokers.read(await brokers.named(broker, brokerId), getAllSubscriptionGroupConfig, {});
      const { dataVersion } = body ?? noTable;
      return { status: 200, body: { data: groupRows(body ?? noTable), next: null, dataVersion } };
    },
  }),

  get("/groups/{group}", {
    summary: "The configuration of a consumer group, as one of the masters has it",
    calls: [getAllSubscriptionGroupConfig],
    query: brokerQuery,
    answers: { 200: answer("the SubscriptionGroupConfig", SubscriptionGroupConfig) },
    async handle({ params: { group }, query }, { brokers }) {
      const targets = await brokersMeant(query, brokers, { others: () => brokers.masters() });
      const outcomes = await brokers.each(targets, (one, left) => groupAt(one, group, brokers, left));
      const found = outcomes.find((outcome) => outcome.ok);
      return found ? { status: 200, body: found.value } : gatheredAnswer(outcomes, () => ({}));
    },
  }),

  put("/groups/{group}", {
    summary: "Create a consumer group, or replace it, on every master of a cluster, or on one broker",
    calls: [updateAndCreateSubscriptionGroup],
    query: brokerQuery,
    body: json(GroupInput),
    answers: { 200: answer("every broker has it", Stated), 207: answer("some have", Stated) },
    problems: { ...unknownBroker, 501: "it has settings that the brokers are too old for" },
    async handle({ params, query, body: input }, { brokers }) {
      const stated = statedGroup(params.group, input);
      const body = groupBodyOf(stated);
      const outcomes = await brokers.each(await brokersNamed(query, brokers), async (one, left) => {
        await mustKnowSettings(stated, brokers, one, left);
        return brokers.write(one, updateAndCreateSubscriptionGroup, { body }, left());
      });
      return fanOutAnswer(outcomes, { body: stated });
    },
  }),

  del("/groups/{group}", {
    summary: "Delete a consumer group from every master of a cluster, or from one broker; slaves do as their master",
    calls: [deleteSubscriptionGroup, getAllSubscriptionGroupConfig],
    query: {
      ...mannerQuery,
      ...brokerQuery,
      cleanOffset: Type.Optional(
        Type.Boolean({ description: "whether its offsets are deleted too, since 4.9; default not" }),
      ),
    },
    answers: { 200: answer("none of them has it any more", Deleted), 207: answer("some may have", Deleted) },
    problems: {
      ...unknownBroker,
      409: "the broker made it anew at once, as 5.5 does unless the offsets are deleted too",
      501: "with cleanOffset the brokers are too old for that",
    },
    async handle({ params: { group: groupName }, query }, { brokers }) {
      const { cleanOffset = false, dryRun = false, oneway = false } = query;
      const outcomes = await brokers.each(await brokersNamed(query, brokers), async (one, left) => {
        const option = cleanOffset ? await offsetsToo(one, brokers, left()) : {};
        await brokers.write(one, deleteSubscriptionGroup, { groupName, ...option }, left());
        if (!(dryRun || oneway || cleanOffset)) await mustBeGone(groupName, one, brokers, left);
      });
      return fanOutAnswer(outcomes, { body: { groupName } });
    },
  }),
];
