import { utf8 } from "../../src/bytes/utf8.ts";
import type { Handler } from "../support/scripted-connection.ts";
import { refusing } from "../support/scripts.ts";
import { groupScript } from "./group-script.ts";
import { leaseScript } from "./lease-script.ts";
import { messageScript } from "./message-script.ts";
import { offsetScript } from "./offset-script.ts";
import { sendScript } from "./send-script.ts";
import { topicQueueScript } from "./topic-queue-script.ts";

/** Answers with a body of JSON. */
export function says(body: unknown, extFields: Record<string, string> = {}): Handler {
  return () => ({ body: utf8(JSON.stringify(body)), extFields });
}

const done: Handler = () => ({});
const zero = { sum: 0, tps: 0, avgpt: 0 };

export const topicConfig = {
  topicName: "t",
  readQueueNums: 8,
  writeQueueNums: 8,
  perm: 6,
  topicFilterType: "SINGLE_TAG",
  topicSysFlag: 0,
  order: false,
  attributes: {},
};

/** What a broker answers that has everything which the routes ask for: a topic t, and so on. */
export const brokerScript: Readonly<Record<number, Handler>> = {
  // By which it tells its version.
  38: refusing(1, "no consumer for this group, x"),
  17: done,
  34: done,
  35: done,
  28: says({ table: { brokerVersionDesc: "V5_5_0" } }),
  215: done,
  315: says({ statsMinute: zero, statsHour: zero, statsDay: zero }),
  351: says(topicConfig),
  ...offsetScript,
  ...groupScript,
  ...topicQueueScript,
  ...messageScript,
  ...leaseScript,
  ...sendScript,
};
