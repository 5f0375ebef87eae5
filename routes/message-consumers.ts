import { getConsumeStats } from "../src/commands/get-consume-stats.ts";
import { getConsumerConnectionList } from "../src/commands/get-consumer-connection-list.ts";
import { queryTopicConsumeByWho } from "../src/commands/query-topic-consume-by-who.ts";
import { viewMessageById } from "../src/commands/view-message-by-id.ts";
import { whoConsumeTheMessage } from "../src/commands/who-consume-the-message.ts";
import { brokerOfMessage } from "../src/http/message-broker.ts";
import { MessageConsumers, trackMessage } from "../src/http/message-consumers.ts";
import { answer, get } from "../src/http/route.ts";

export const messageConsumers = [
  get("/messages/{offsetMsgId}/consumers", {
    summary: "What became of a message in each consumer group of its topic",
    calls: [viewMessageById, queryTopicConsumeByWho, getConsumerConnectionList, getConsumeStats],
    emulates: [whoConsumeTheMessage],
    answers: { 200: answer("one row a group", MessageConsumers) },
    async handle({ params: { offsetMsgId } }, { brokers, limits }) {
      const message = await brokerOfMessage(offsetMsgId, brokers);
      return { status: 200, body: await trackMessage(message, brokers, limits) };
    },
  }),
];
