import type { TopicList } from "../body/topic-list.ts";
import { Type } from "../schema/types.ts";
import { ListOf } from "./list.ts";

/** A list of topics. */
export const TopicItems = ListOf(Type.Object({ topic: Type.String({ description: "topic name" }) }));

/** The topics of a name server's answer, each once, in the order of their names: servers list them in none. */
export function topicItems(list: TopicList | null) {
  const names = [...new Set(list?.topicList)].sort();
  return { data: names.map((topic) => ({ topic })), next: null };
}
