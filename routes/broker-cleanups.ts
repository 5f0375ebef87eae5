import { cleanExpiredConsumeQueue } from "../src/commands/clean-expired-consume-queue.ts";
import { cleanUnusedTopic } from "../src/commands/clean-unused-topic.ts";
import { deleteExpiredCommitLog } from "../src/commands/delete-expired-commit-log.ts";
import { triggerDeleteFiles } from "../src/commands/trigger-delete-files.ts";
import { brokerIdQuery, unknownBroker } from "../src/http/broker-target.ts";
import { EmulatedBy, emulatedBy } from "../src/http/emulated.ts";
import { BrokerResultsOf, fanOutAnswer } from "../src/http/results.ts";
import { answer, json, post } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";

const Target = Type.Union([Type.Literal("commitlog"), Type.Literal("consume-queue"), Type.Literal("unused-topics")], {
  description:
    "commitlog: files that needn't be kept any more, since 4.9.4; consume-queue: entries whose messages are gone; " +
    "unused-topics: queues of topics that the broker doesn't know, since 4.0",
});

const commands = {
  commitlog: deleteExpiredCommitLog,
  "consume-queue": cleanExpiredConsumeQueue,
  "unused-topics": cleanUnusedTopic,
} as const;

const Cleaned = BrokerResultsOf({ target: Target, emulatedBy: EmulatedBy });

export const brokerCleanups = [
  post("/brokers/{broker}/cleanups", {
    summary: "Have a broker delete at once what it needn't keep",
    calls: Object.values(commands),
    emulates: [triggerDeleteFiles],
    query: brokerIdQuery,
    body: json(Type.Object({ target: Target }, { additionalProperties: false })),
    answers: { 200: answer("the broker has begun", Cleaned) },
    problems: { ...unknownBroker, 501: "the broker is too old for it" },
    async handle({ params: { broker }, query: { brokerId }, body: { target } }, { brokers }) {
      const targets = [await brokers.named(broker, brokerId)];
      const outcomes = await brokers.writeEach(targets, commands[target], {});
      // What mqadmin of 3.x sends for it, TRIGGER_DELETE_FILES, no broker answers.
      const instead = target === "commitlog" ? emulatedBy(deleteExpiredCommitLog) : {};
      return fanOutAnswer(outcomes, { body: { target, ...instead } });
    },
  }),
];
