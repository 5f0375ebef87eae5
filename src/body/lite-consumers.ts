import { Int32, Int64, type Static, Type } from "../schema/types.ts";
import { OffsetWrapper } from "./consume-stats.ts";
import { jsonBody } from "./json.ts";

const text = (description: string) => Type.String({ description });

/** GetLiteClientInfoResponseBody: the lite topics of one client. */
export const LiteClientInfo = Type.Object({
  parentTopic: text("parent topic"),
  group: text("consumer group"),
  clientId: text("client"),
  lastAccessTime: Int64("when the client was last heard of, epoch milliseconds"),
  lastConsumeTime: Int64("when it last consumed, epoch milliseconds; 5.5.0 leaves it 0"),
  liteTopicCount: Int32("lite topics that it takes"),
  liteTopicSet: Type.Array(Type.String(), { description: "the first of them, as %LMQ%$parent$lite" }),
});
export type LiteClientInfo = Static<typeof LiteClientInfo>;

export const liteClientInfo = jsonBody(LiteClientInfo);

/** LiteLagInfo: how far a group is behind in one lite topic. */
const LiteLag = Type.Object({
  liteTopic: text("lite topic"),
  lagCount: Int64("messages that wait"),
  earliestUnconsumedTimestamp: Int64("when the oldest of them was stored, epoch milliseconds"),
});

/** GetLiteGroupInfoResponseBody: how far a group is behind. */
export const LiteGroupInfo = Type.Object({
  group: text("consumer group"),
  parentTopic: text("parent topic"),
  liteTopic: Type.Optional(text("the one lite topic that was asked about")),
  earliestUnconsumedTimestamp: Int64(
    "when the oldest message that waits was stored, epoch milliseconds; -1 when none does",
  ),
  totalLagCount: Int64("messages that wait"),
  liteTopicOffsetWrapper: Type.Optional(OffsetWrapper),
  lagCountTopK: Type.Optional(Type.Array(LiteLag, { description: "lite topics with the most messages" })),
  lagTimestampTopK: Type.Optional(Type.Array(LiteLag, { description: "lite topics with the oldest messages" })),
});
export type LiteGroupInfo = Static<typeof LiteGroupInfo>;

export const liteGroupInfo = jsonBody(LiteGroupInfo);
