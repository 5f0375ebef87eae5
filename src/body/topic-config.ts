import { Int32, Int64, Name, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** DataVersion: name servers take a changed topic table only when this moved. stateVersion exists since 5.0. */
export const DataVersion = Type.Object(
  {
    stateVersion: Type.Optional(Int64("epoch of the controller, 0 without one")),
    timestamp: Int64("when it moved, epoch milliseconds"),
    counter: Int64("how often it moved"),
  },
  { additionalProperties: false, title: "DataVersion", description: "Version of a broker's topic table" },
);
export type DataVersion = Static<typeof DataVersion>;

export const dataVersion = jsonBody(DataVersion, ["timestamp"]);

export const TopicFilterType = Type.Union([Type.Literal("SINGLE_TAG"), Type.Literal("MULTI_TAG")], {
  description: "how tags are matched",
});

/** TopicConfig: what a broker serves of one topic. `attributes` exist since 5.0. */
export const TopicConfig = Type.Object(
  {
    topicName: Name("the topic"),
    readQueueNums: Int32("queues to read from", { minimum: 0 }),
    writeQueueNums: Int32("queues to write to", { minimum: 0 }),
    perm: Int32("bits: 4 read, 2 write, 1 inherit", { minimum: 0, maximum: 15 }),
    topicFilterType: TopicFilterType,
    topicSysFlag: Int32("bits: 1 unit, 2 unit subscription"),
    order: Type.Boolean({ description: "whether an order configuration applies" }),
    attributes: Type.Optional(Type.Record(Type.String(), Type.String(), { description: "such as message.type" })),
  },
  { additionalProperties: false, title: "TopicConfig", description: "A topic on one broker (TopicConfig)" },
);
export type TopicConfig = Static<typeof TopicConfig>;

/** TopicConfigSerializeWrapper: the topic table of a broker with its version. */
export const TopicConfigSerializeWrapper = Type.Object(
  {
    dataVersion: DataVersion,
    topicConfigTable: Type.Record(Type.String(), TopicConfig, { description: "topic configuration by topic" }),
  },
  { additionalProperties: false, title: "TopicConfigSerializeWrapper" },
);
export type TopicConfigSerializeWrapper = Static<typeof TopicConfigSerializeWrapper>;
