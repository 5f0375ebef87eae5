import type { SubscriptionData } from "../body/subscription.ts";
import type { Int64 } from "../json/value.ts";

/** Every message of a topic. */
export const ALL = "*";
/** The language of tags, which every generation knows. */
export const TAG = "TAG";

/**
 * What a consumer wants of a topic, as clients state it (FilterAPI.build): tags joined by `||` with their hash codes, or
 * an expression of another language as it is. `subVersion` tells which of two statements is the newer one.
 */
export function subscriptionOf(
  topic: string,
  expression: string,
  expressionType: string,
  subVersion: Int64,
): SubscriptionData {
  const tags = expressionType === TAG && expression !== ALL ? tagsOf(expression) : [];
  return {
    topic,
    subString: expression,
    tagsSet: tags,
    codeSet: [...new Set(tags.map(hashCode))],
    subVersion,
    expressionType,
    classFilterMode: false,
  };
}

function tagsOf(expression: string): string[] {
  const tags = expression.split("||").map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ""))];
}

/** String.hashCode of Java, by which brokers compare tags. */
export function hashCode(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}
