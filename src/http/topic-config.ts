import { TopicConfig } from "../body/topic-config.ts";
import type { TopicConfigWithMapping } from "../body/topic-config-table.ts";
import { getAllTopicConfig } from "../commands/get-all-topic-config.ts";
import { getTopicConfig } from "../commands/get-topic-config.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { whereServed } from "../discovery/served.ts";
import { Fault } from "../errors.ts";
import { Nullable, type Static, Type } from "../schema/types.ts";

const { topicName: _name, attributes: _attributes, ...settings } = TopicConfig.properties;

/** Java joins them by commas and parts each at its "=". */
const ATTRIBUTE_NAME = "^[^+,=\\s-][^,=\\s]*$";
const ATTRIBUTE_VALUE = "^[^,=]*$";

const Attributes = Type.Record(
  Type.String({ pattern: ATTRIBUTE_NAME }),
  Nullable(Type.String({ pattern: ATTRIBUTE_VALUE })),
  {
    description: "attributes to set, such as message.type, and with null to delete; the others stay. Since 5.0",
    additionalProperties: false,
    examples: [{ "message.type": "FIFO" }],
  },
);

/** A topic as a caller states it: what is left out has the default of a new topic. */
export const TopicInput = Type.Object(
  {
    topicName: Type.Optional(Type.String({ description: "the topic of the path, as GET tells it" })),
    ...Type.Partial(Type.Object(settings)).properties,
    attributes: Type.Optional(Attributes),
  },
  {
    additionalProperties: false,
    title: "TopicConfigInput",
    description: "A topic; default 8 and 8 queues, perm 6, SINGLE_TAG, topicSysFlag 0, order false",
    examples: [{ readQueueNums: 8, writeQueueNums: 8, perm: 6 }],
  },
);
type TopicInput = Static<typeof TopicInput>;

/** What was written of a topic. */
export const topicMembers = { ...TopicConfig.properties, attributes: Type.Optional(Attributes) };
const TopicStated = Type.Object(topicMembers);
type TopicStated = Static<typeof TopicStated>;

/** The topic with its defaults. Throws `invalid-body` where the body names another one than the path. */
export function statedTopic(topic: string, { topicName = topic, ...input }: TopicInput): TopicStated {
  if (topicName !== topic) {
    throw new Fault("invalid-body", `Cannot take the body: it names topic ${topicName}, and the path ${topic}`, {
      violations: [{ pointer: "/topicName", detail: "must be the topic of the path" }],
    });
  }
  const { readQueueNums = 8, writeQueueNums = 8, perm = 6, topicFilterType = "SINGLE_TAG" } = input;
  const { topicSysFlag = 0, order = false, attributes } = input;
  const config = { topicName, readQueueNums, writeQueueNums, perm, topicFilterType, topicSysFlag, order };
  return attributes === undefined ? config : { ...config, attributes };
}

/** The same as the header of UPDATE_AND_CREATE_TOPIC. */
export function topicHeaderOf({ topicName, attributes, ...config }: TopicStated) {
  const changes = Object.entries(attributes ?? {}).map(([name, value]) =>
    value === null ? `-${name}` : `+${name}=${value}`,
  );
  // Whatever it says, brokers don't read defaultTopic; Java clients send this.
  const header = { topic: topicName, defaultTopic: "TBW102", ...config };
  return changes.length === 0 ? header : { ...header, attributes: changes.join() };
}

/** Throws `not-supported` for a topic with attributes at a broker that would overlook them. */
export async function mustKnowAttributes({ attributes }: TopicStated, brokers: Brokers, broker: BrokerTarget) {
  if (attributes === undefined || (await brokers.generation(broker)) === "5.5.0") return;
  throw new Fault("not-supported", `Cannot set attributes at broker ${broker.brokerName}: topics have some since 5.0`, {
    target: broker.address,
    hint: "Leave attributes out.",
  });
}

/** A topic as a broker has it. Throws `not-found`, or `refused` with code 17, where it has none of the name. */
export async function topicAt(broker: BrokerTarget, topic: string, brokers: Brokers): Promise<TopicConfigWithMapping> {
  const asking = brokers.read(broker, getTopicConfig, { topic }).then(({ body }) => body);
  const config = await whereServed(asking, async () => {
    const { body } = await brokers.read(broker, getAllTopicConfig, {});
    const table = body?.topicConfigTable ?? {};
    return Object.hasOwn(table, topic) ? (table[topic] ?? null) : null;
  });
  if (config) return config;
  const { brokerName, address: target } = broker;
  throw new Fault("not-found", `Cannot find topic ${topic}: broker ${brokerName} has none of that name`, { target });
}
