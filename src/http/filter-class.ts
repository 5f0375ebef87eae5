import { crc32 } from "../bytes/crc32.ts";
import { utf8 } from "../bytes/utf8.ts";
import type { Target } from "../client/target.ts";
import { isMaster } from "../discovery/broker-target.ts";
import type { TopicRoute } from "../discovery/directory.ts";
import { Fault } from "../errors.ts";
import { Int32, Name, type Static, Type } from "../schema/types.ts";
import { parseAddress } from "../transport/address.ts";
import type { Services } from "./services.ts";

const CRC = "number of this source: another one replaces what was compiled, 0 never does";

/** A filter of a consumer as a caller states it. */
export const FilterClassInput = Type.Object(
  {
    consumerGroup: Name("consumer group"),
    topic: Name("topic name"),
    source: Name("Java source of a class that implements MessageFilter"),
    classCRC: Type.Optional(Int32(`${CRC}; default its CRC-32`)),
  },
  { additionalProperties: false },
);
type FilterClassInput = Static<typeof FilterClassInput>;

/** What a filter server was given, without the source. */
export const FilterClassGiven = Type.Object({
  filterServerAddr: Type.String({ description: "host:port of the filter server" }),
  className: Type.String({ description: "name of the class" }),
  consumerGroup: FilterClassInput.properties.consumerGroup,
  topic: FilterClassInput.properties.topic,
  classCRC: Int32(CRC),
});

const CLASS_NAME = /^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/;

/** The request for it. Throws `invalid-argument` for a name that no class has: filter servers make a path of it. */
export function filterClassOf(className: string, { source, ...input }: FilterClassInput) {
  if (!CLASS_NAME.test(className)) {
    const detail = "must be the full name of a Java class";
    throw new Fault("invalid-argument", `Cannot read the request: {className} ${detail}`, {
      violations: [{ pointer: "{className}", detail }],
    });
  }
  // As consumers number it (UtilAll.crc32 of the source's bytes).
  return { ...input, className, classCRC: input.classCRC ?? crc32(utf8(source)), body: source };
}

/**
 * The filter server of that address. Throws `forbidden` for one that no broker of the topic tells of, since the gateway
 * dials nothing that a caller made up, and `not-supported` where all of them are too new to have any.
 */
export async function filterServerAt(
  address: string,
  topic: string,
  { brokers, addressMap }: Pick<Services, "brokers" | "addressMap">,
): Promise<Target> {
  const route = await brokers.routeOf(topic);
  const told = Object.values(route.data.filterServerTable).flat();
  if (told.includes(address)) return { ...parseAddress(addressMap(address)), kind: "filter-server" };
  if (!(await haveFilterServers(route, brokers))) {
    throw new Fault("not-supported", `Cannot give filter server ${address} a class: brokers have none since 4.0`, {
      hint: "Newer brokers filter messages by SQL92 expressions of a subscription themselves.",
    });
  }
  throw new Fault("forbidden", `Cannot dial ${address}: no broker of topic ${topic} tells of such a filter server`, {
    hint: "GET /topics/{topic}/route lists them as filterServerTable.",
  });
}

/** Whether any broker of the route is old enough; one that doesn't answer may be. */
async function haveFilterServers({ brokers: members }: TopicRoute, brokers: Services["brokers"]): Promise<boolean> {
  const generations = await brokers.each(members.filter(isMaster), (one, left) => brokers.generation(one, left()));
  return generations.some((outcome) => !outcome.ok || outcome.value === "3.2.6");
}
