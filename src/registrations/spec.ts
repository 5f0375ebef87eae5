import { DataVersion, type TopicConfig, TopicFilterType } from "../body/topic-config.ts";
import { stringifyJson } from "../json/strict.ts";
import { int64, isInt64, isJsonObject, type JsonValue } from "../json/value.ts";
import { limits } from "../limits.ts";
import { HostAndPort, Int32, Int64, Name, PathName, type Static, Type } from "../schema/types.ts";

/** A topic as a caller states it: what is left out has the defaults of a new topic. */
const TopicInput = Type.Object(
  {
    topicName: Type.Optional(Name("default: its key")),
    readQueueNums: Type.Optional(Int32("queues to read from, default 8", { minimum: 0 })),
    writeQueueNums: Type.Optional(Int32("queues to write to, default 8", { minimum: 0 })),
    perm: Type.Optional(Int32("bits: 4 read, 2 write, 1 inherit; default 6", { minimum: 0, maximum: 15 })),
    topicFilterType: Type.Optional(TopicFilterType),
    topicSysFlag: Type.Optional(Int32("bits: 1 unit, 2 unit subscription; default 0")),
    order: Type.Optional(Type.Boolean({ description: "whether an order configuration applies, default false" })),
    attributes: Type.Optional(Type.Record(Type.String(), Type.String(), { description: "since 5.0" })),
  },
  { additionalProperties: false, title: "TopicInput", description: "A topic on one broker (TopicConfig)" },
);

const NOT_EMPTY = "^[^]+$";

export const TopicTableInput = Type.Object(
  {
    topicConfigTable: Type.Record(Type.String({ pattern: NOT_EMPTY }), TopicInput, {
      description: "by topic",
      additionalProperties: false,
    }),
    dataVersion: Type.Optional(DataVersion),
  },
  {
    additionalProperties: false,
    title: "TopicTableInput",
    description: "The broker's topics (TopicConfigSerializeWrapper)",
  },
);

const identity = {
  clusterName: PathName("cluster name"),
  brokerName: PathName("broker name"),
  brokerId: Int64("0 is the master", { minimum: 0 }),
};

/** What of a registration may change while it is held. */
const changeable = {
  brokerAddr: HostAndPort("where clients reach the broker"),
  haServerAddr: HostAndPort("where slaves replicate from"),
  topicConfigSerializeWrapper: Type.Optional(TopicTableInput),
  filterServerList: Type.Optional(Type.Array(HostAndPort("a filter server"), { description: "default none" })),
  compressed: Type.Optional(Type.Boolean({ description: "send the body as a zlib stream where the server reads one" })),
  heartbeatTimeoutMillis: Type.Optional(
    Int64("how long it lives without a refresh, milliseconds; 5.x only", {
      minimum: limits.minHeartbeatMillis,
      maximum: limits.maxHeartbeatMillis,
    }),
  ),
  enableActingMaster: Type.Optional(Type.Boolean({ description: "whether a slave may act as master; 5.x only" })),
  brokerPermission: Type.Optional(Int32("masks the perm of every topic unless it is 6", { minimum: 0, maximum: 15 })),
};

/** What names a broker to a name server. */
export const BrokerIdentity = Type.Object(
  { ...identity, brokerAddr: changeable.brokerAddr },
  { additionalProperties: false },
);

/** A registration as a caller states it. */
export const RegistrationInput = Type.Object({ ...identity, ...changeable }, { additionalProperties: false });
export type RegistrationInput = Static<typeof RegistrationInput>;

/** The change of a held registration: its topics, and whatever else is stated. */
export const RegistrationChange = Type.Object(
  {
    ...Type.Partial(Type.Object({ ...identity, ...changeable })).properties,
    topicConfigSerializeWrapper: TopicTableInput,
  },
  { additionalProperties: false },
);
export type RegistrationChange = Static<typeof RegistrationChange>;

/** A registration in full: what is held, sent and kept over a restart. */
export interface RegistrationSpec extends Omit<RegistrationInput, "topicConfigSerializeWrapper" | "filterServerList"> {
  readonly topicConfigSerializeWrapper: {
    readonly topicConfigTable: Record<string, TopicConfig>;
    readonly dataVersion: DataVersion;
  };
  readonly filterServerList: string[];
}

/** The name under which a gateway holds a broker: the same cluster, name and id are the same registration. */
export function registrationId({
  clusterName,
  brokerName,
  brokerId,
}: Pick<RegistrationInput, keyof typeof identity>): string {
  // "~" is the one unreserved character that encodeURIComponent leaves alone and that we can take for ourselves. A lone
  // surrogate, which it throws on, is U+FFFD on the wire too.
  return [clusterName, brokerName, String(brokerId)]
    .map((part) => encodeURIComponent(part.toWellFormed()).replaceAll("~", "%7E"))
    .join("~");
}

const newTopic = {
  readQueueNums: 8,
  writeQueueNums: 8,
  perm: 6,
  topicFilterType: "SINGLE_TAG",
  topicSysFlag: 0,
  order: false,
} as const;

/** Fills in the defaults. `previous` is what is held already: its DataVersion moves when anything changed. */
export function specOf(input: RegistrationInput, previous?: RegistrationSpec): RegistrationSpec {
  const { topicConfigTable = {}, dataVersion } = input.topicConfigSerializeWrapper ?? {};
  const topics = Object.entries(topicConfigTable).map(([key, topic]): [string, TopicConfig] => [
    key,
    { topicName: key, ...newTopic, ...topic },
  ]);
  const table = Object.fromEntries(topics);
  const spec = {
    ...input,
    filterServerList: input.filterServerList ?? [],
    topicConfigSerializeWrapper: { topicConfigTable: table, dataVersion: dataVersion ?? movedFrom(previous) },
  };
  if (previous && dataVersion === undefined && isSame(spec, previous)) return previous;
  return spec;
}

function movedFrom(previous: RegistrationSpec | undefined): DataVersion {
  const { stateVersion = 0, counter = 0 } = previous?.topicConfigSerializeWrapper.dataVersion ?? {};
  const next = int64(BigInt(counter) + 1n);
  // The time moves too, so a counter at its end may begin anew.
  return { stateVersion, timestamp: Date.now(), counter: isInt64(next) ? next : 0 };
}

/** Whether both say the same but for the DataVersion. */
function isSame(a: RegistrationSpec, b: RegistrationSpec): boolean {
  return content(a) === content(b);
}

function content({ topicConfigSerializeWrapper: { topicConfigTable }, ...rest }: RegistrationSpec): string {
  return stringifyJson(ordered({ ...rest, topicConfigTable } as JsonValue));
}

/** The value with the members of every object in one order: theirs says nothing. */
function ordered(value: JsonValue): JsonValue {
  if (!isJsonObject(value)) return value;
  const names = Object.keys(value).sort();
  return names.map((name) => [name, ordered(value[name] ?? null)]);
}
