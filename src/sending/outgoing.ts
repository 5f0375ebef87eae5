import { type MessageProperties, propertiesToText } from "../body/message-properties.ts";
import { isReserved } from "../body/property-names.ts";
import { uniqueId } from "../body/unique-id.ts";
import { fromBase64 } from "../bytes/base64.ts";
import { utf8 } from "../bytes/utf8.ts";
import { Fault, type Violation } from "../errors.ts";
import { delayOf } from "./delay.ts";
import { type GivenMessage, PRODUCER_GROUP } from "./spec.ts";

/** Where a message is to go, as far as its sender cares. */
export type Aim = Pick<GivenMessage, "brokerName" | "queueId" | "messageGroup">;

/** A message that is ready to be sent. */
export interface Outgoing {
  /** Its UNIQ_KEY: the id by which Java clients know it. */
  readonly msgId: string;
  readonly body: Uint8Array;
  /** What it has beside that id. */
  readonly properties: MessageProperties;
  readonly flag: number;
  readonly producerGroup: string;
  readonly aim: Aim;
  /** Whether it is to be delivered later: such messages go in no batch. */
  readonly isDelayed: boolean;
  /** Whether its delay is one that brokers know since 5.0. */
  readonly isTimed: boolean;
  /** JSON pointer to where it was stated. */
  readonly at: string;
}

/**
 * The message that a caller states, with `key` as one more key. Throws `invalid-body` with every violation, their
 * pointers below `at`.
 */
export function outgoing(
  given: GivenMessage,
  { at = "", key }: { at?: string; key?: string | undefined } = {},
): Outgoing {
  const violations: Violation[] = [];
  const wrong = (member: string, detail: string) => void violations.push({ pointer: `${at}/${member}`, detail });
  const { brokerName, queueId, messageGroup, tags, flag = 0, producerGroup = PRODUCER_GROUP } = given;
  const body = bodyOf(given, wrong);
  checkAim(given, wrong);
  const delay = delayOf(given, wrong);
  for (const name of Object.keys(given.properties ?? {})) {
    if (isReserved(name)) wrong(`properties/${name}`, "is RocketMQ's own: tags, keys and the like are members");
  }
  const stated: MessageProperties = {
    ...given.properties,
    ...(tags && { TAGS: tags }),
    ...keysProperty(given.keys, key, wrong),
    ...delay.properties,
  };
  // An empty value is as good as none, and not every broker reads one.
  const properties = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== ""));
  const msgId = uniqueId();
  // What may be added, in so many bytes at most.
  const most = { ...properties, UNIQ_KEY: msgId, __SHARDINGKEY: messageGroup ?? "", ...halfProperties(producerGroup) };
  if (violations.length === 0) violations.push(...problemsOf(most, at));
  if (violations.length > 0) throw new Fault("invalid-body", "Cannot send the message", { violations });
  const aim = { brokerName, queueId, messageGroup } as Aim;
  const { isDelayed, isTimed } = delay;
  return { msgId, body, properties, flag, producerGroup, aim, isDelayed, isTimed, at };
}

/** What makes a message a half one. */
export function halfProperties(producerGroup: string): MessageProperties {
  return { TRAN_MSG: "true", PGROUP: producerGroup };
}

type Wrong = (member: string, detail: string) => void;

function bodyOf({ body, bodyBase64, bytes }: GivenMessage, wrong: Wrong): Uint8Array {
  if (body !== undefined && bodyBase64 !== undefined) wrong("bodyBase64", "can't be given beside body");
  const given = bytes ?? (bodyBase64 === undefined ? utf8(body ?? "") : fromText(bodyBase64, wrong));
  // As Java's producers refuse it: 5.x brokers fail without one.
  if (given?.length === 0) wrong(bodyBase64 === undefined ? "body" : "bodyBase64", "must have at least one byte");
  return given ?? new Uint8Array();
}

function fromText(base64: string, wrong: Wrong): Uint8Array | undefined {
  try {
    return fromBase64(base64);
  } catch {
    wrong("bodyBase64", "must be base64");
    return undefined;
  }
}

function checkAim({ brokerName, queueId, messageGroup }: Aim, wrong: Wrong): void {
  if (queueId !== undefined && brokerName === undefined) wrong("queueId", "needs brokerName");
  if (messageGroup !== undefined && brokerName !== undefined) wrong("messageGroup", "can't be given beside brokerName");
}

/** KEYS, in which a blank parts two. */
function keysProperty(keys: GivenMessage["keys"], more: string | undefined, wrong: Wrong): MessageProperties {
  const list = typeof keys === "string" ? [keys] : (keys ?? []);
  if (Array.isArray(keys)) {
    for (const [index, key] of keys.entries()) {
      if (key === "" || /\s/.test(key)) wrong(`keys/${index}`, "must not be empty or have blanks: they part keys");
    }
  }
  const all = [...list, ...(more === undefined ? [] : [more])].filter((key) => key !== "");
  return all.length === 0 ? {} : { KEYS: all.join(" ") };
}

/** What is wrong with properties, that of the whole message's among them. */
function problemsOf(properties: MessageProperties, at: string): Violation[] {
  try {
    propertiesToText(properties);
    return [];
  } catch (error) {
    if (!(error instanceof Fault) || !error.options.violations) throw error;
    return error.options.violations.map(({ pointer, detail }) => ({ pointer: at + pointer, detail }));
  }
}
