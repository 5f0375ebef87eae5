import type { Message } from "../body/message.ts";
import type { SubscriptionData } from "../body/subscription.ts";
import { ALL, subscriptionOf, TAG } from "../sessions/subscription.ts";

/** Which messages of a topic are wanted. */
export interface Filter {
  /** The expression: `*`, tags joined by `||`, or SQL. */
  readonly expression: string;
  readonly expressionType: string;
  /**
   * Whether a message that a broker took for a match is one. Brokers tell tags by their hash codes, so two tags may be
   * alike to them; Java's clients look again (PullAPIWrapper.processPullResult), and so does this.
   */
  matches(message: Pick<Message, "tags">): boolean;
}

export const SQL92 = "SQL92";

/** Every message. */
export const everything: Filter = { expression: ALL, expressionType: TAG, matches: () => true };

/** The messages with one of the tags in an expression such as `a || b`; `*` stands for all. */
export function tagFilter(expression: string): Filter {
  const { tagsSet } = subscriptionFor("", { expression, expressionType: TAG });
  const tags = new Set(tagsSet);
  const matches: Filter["matches"] = (message) => message.tags !== undefined && tags.has(message.tags);
  return { expression, expressionType: TAG, matches: tags.size === 0 ? everything.matches : matches };
}

/** The messages that brokers find to match an expression of SQL92 on their properties. */
export function sqlFilter(expression: string): Filter {
  return { expression, expressionType: SQL92, matches: everything.matches };
}

/** The filter as a client states it to a broker. */
export function subscriptionFor(
  topic: string,
  { expression, expressionType }: Pick<Filter, "expression" | "expressionType">,
): SubscriptionData {
  return subscriptionOf(topic, expression, expressionType, 0);
}
