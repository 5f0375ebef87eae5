import { ConsumeFromWhere, ConsumeType, MessageModel } from "../body/consumption.ts";
import { expressionTypeDescription } from "../body/subscription.ts";
import { Fault, type Violation } from "../errors.ts";
import { limits } from "../limits.ts";
import { Int32, Name, type Static, type TSchema, Type } from "../schema/types.ts";
import { newClientId } from "./client-id.ts";
import { ALL, TAG } from "./subscription.ts";

/** The longest name that a broker takes for anything, and far more than a client needs. */
const MAX_NAME_CHARS = 255;
const name = (description: string) => Type.String({ description, minLength: 1, maxLength: MAX_NAME_CHARS });
const maxItems = limits.maxGroupsPerSession;

/** The schema with the value that stands in for one that is left out. */
function withDefault<S extends TSchema>(schema: S, value: Static<S>) {
  return Type.Unsafe<Static<S>>({ ...schema, default: value });
}

const ExpressionType = Type.Enum([TAG, "SQL92"], { description: expressionTypeDescription });

const consumer = {
  group: name("consumer group"),
  topic: name("topic name"),
  expression: withDefault(Name("* for all, tags joined by ||, or a condition in SQL92"), ALL),
  expressionType: withDefault(ExpressionType, TAG),
  consumeType: withDefault(ConsumeType, "CONSUME_PASSIVELY"),
  messageModel: withDefault(MessageModel, "CLUSTERING"),
  consumeFromWhere: withDefault(ConsumeFromWhere, "CONSUME_FROM_LAST_OFFSET"),
};

/** A consumer group in a topic, with every default filled in. */
export const Consumer = Type.Object(consumer, {
  title: "SessionConsumer",
  description: "What a session consumes: a group in a topic",
});
export type Consumer = Static<typeof Consumer>;

const ConsumerInput = Type.Object(
  { ...Type.Partial(Consumer).properties, group: consumer.group, topic: consumer.topic },
  { additionalProperties: false, title: "SessionConsumerInput", description: "What a session is to consume" },
);

/** A session as a caller states it. */
export const SessionInput = Type.Object(
  {
    clientId: Type.Optional(name("how brokers know the client; default one that nobody else has")),
    producerGroups: Type.Optional(
      Type.Array(name("producer group"), { maxItems, description: "groups whose transactions it answers for" }),
    ),
    consumerGroups: Type.Optional(
      Type.Array(ConsumerInput, { maxItems, description: "groups that it is a member of, an item for each topic" }),
    ),
    leaseMillis: Type.Optional(
      Int32("how long it lives that is neither renewed nor listened to, milliseconds; default one minute", {
        minimum: limits.minLeaseMillis,
        maximum: limits.maxLeaseMillis,
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ producerGroups: ["orders-producers"], consumerGroups: [{ group: "billing", topic: "orders" }] }],
  },
);
export type SessionInput = Static<typeof SessionInput>;

/** A session in full. */
export interface SessionSpec {
  readonly clientId: string;
  readonly producerGroups: readonly string[];
  readonly consumerGroups: readonly Consumer[];
  readonly leaseMillis: number;
  /** When it was stated, epoch milliseconds: the version of its subscriptions. */
  readonly createdAt: number;
}

/** Fills in the defaults. Throws an `invalid-body` fault for groups that contradict each other, and for none at all. */
export function specOf(input: SessionInput, leaseMillis: number): SessionSpec {
  const consumerGroups = (input.consumerGroups ?? []).map(
    (stated): Consumer => ({
      expression: ALL,
      expressionType: TAG,
      consumeType: "CONSUME_PASSIVELY",
      messageModel: "CLUSTERING",
      consumeFromWhere: "CONSUME_FROM_LAST_OFFSET",
      ...stated,
    }),
  );
  const producerGroups = [...new Set(input.producerGroups)];
  const violations = [...contradictions(consumerGroups)];
  if (consumerGroups.length + producerGroups.length === 0) {
    violations.push({ pointer: "", detail: "must name a producer group or a consumer group" });
  }
  if (violations.length > 0) {
    const list = violations.map(({ pointer, detail }) => `${pointer || "the body"} ${detail}`).join("; ");
    throw new Fault("invalid-body", `Cannot take the body: ${list}`, { violations });
  }
  const clientId = input.clientId ?? newClientId();
  return {
    clientId,
    producerGroups,
    consumerGroups,
    leaseMillis: input.leaseMillis ?? leaseMillis,
    createdAt: Date.now(),
  };
}

/** What a client says once for each of its groups. */
const ofTheGroup = ["consumeType", "messageModel", "consumeFromWhere"] as const;

function* contradictions(consumers: readonly Consumer[]): Generator<Violation> {
  for (const [at, each] of consumers.entries()) {
    const earlier = consumers.slice(0, at).filter(({ group }) => group === each.group);
    if (earlier.some(({ topic }) => topic === each.topic)) {
      yield { pointer: `/consumerGroups/${at}`, detail: "names a group and a topic that an item before it names" };
    }
    for (const member of ofTheGroup) {
      if (earlier[0] === undefined || earlier[0][member] === each[member]) continue;
      yield { pointer: `/consumerGroups/${at}/${member}`, detail: `must be ${earlier[0][member]}, as for its group` };
    }
  }
}
