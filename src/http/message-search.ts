import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import { byStoreTime } from "../messages/merge.ts";
import { type Search, search } from "../messages/search.ts";
import { gatheredAnswer } from "./gathered.ts";
import type { Answer } from "./route.ts";

/** The newest messages with a key, of every master of the topic. Rejects as {@link gatheredAnswer}. */
export async function searchAnswer(wanted: Search, brokers: Brokers): Promise<Answer> {
  const { topic, key, isUnique, maxMessages } = wanted;
  const masters = await brokers.mastersOf(topic);
  const outcomes = await brokers.each(masters, (one, left) => search(brokers, one, wanted, left));
  let found = 0;
  const answer = gatheredAnswer(outcomes, (parts) => {
    const all = parts.flatMap(({ broker: { brokerName }, value }) =>
      value.map((message) => ({ brokerName, ...message })),
    );
    found = all.length;
    return { data: byStoreTime(all).slice(-maxMessages), next: null };
  });
  // An index may have none but those of another key with the same hash.
  if (found > 0 || answer.status !== 200) return answer;
  const which = `${isUnique ? "UNIQ_KEY" : "key"} ${key}`;
  throw new Fault("not-found", `Cannot find a message of topic ${topic}: none has ${which} within that time`);
}
