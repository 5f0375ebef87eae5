import type { Message } from "../body/message.ts";
import { Fault } from "../errors.ts";
import type { Int64 } from "../json/value.ts";
import { toInt64 } from "../schema/integer.ts";
import {
  type Checkpoint,
  checkpointOf,
  type Holder,
  keptIn,
  type Lease,
  type Origin,
  receiptHandle,
  visibleAtOf,
} from "./lease-handle.ts";
import type { LeasedMessage } from "./lease-input.ts";

/** What a broker says of the messages that it hands out (PopMessageResponseHeader). */
export interface Handover {
  readonly popTime?: Int64 | undefined;
  readonly invisibleTime?: Int64 | undefined;
  readonly reviveQid?: number | undefined;
  readonly startOffsetInfo?: string | undefined;
  readonly orderCountInfo?: string | undefined;
}

/** A message with the lease that it was handed out under. */
export interface Leased {
  readonly lease: Lease;
  readonly message: LeasedMessage;
}

/** The messages of an answer to POP_MESSAGE. Throws `undecodable` where it says too little of one. */
export function leasedMessages(
  messages: readonly Message[],
  header: Handover,
  holder: Holder,
  brokerName: string,
): Leased[] {
  const starts = tableOf(header.startOffsetInfo);
  const counts = tableOf(header.orderCountInfo);
  return messages.map((message) => {
    const checkpoint = givenCheckpoint(message, header) ?? madeCheckpoint(message, header, starts, holder, brokerName);
    const lease = { ...holder, ...checkpoint };
    const leased = {
      ...message,
      receiptHandle: receiptHandle(lease),
      visibleAt: visibleAtOf(lease),
      deliveryAttempt: 1 + redeliveriesOf(message, lease.origin, counts),
    };
    return { lease, message: leased };
  });
}

/** Numbers by what they are of: `origin queueId number;...` (ExtraInfoUtil.parseStartOffsetInfo, parseOrderCountInfo). */
function tableOf(info = ""): ReadonlyMap<string, Int64> {
  const rows = info.split(";").map((row) => row.split(" "));
  const entries = rows.flatMap(([origin, of, text = ""]): [string, Int64][] => {
    const number = toInt64(text);
    return number === undefined ? [] : [[`${origin} ${of}`, number]];
  });
  return new Map(entries);
}

/** The checkpoint that the broker itself put on a message which comes again. */
function givenCheckpoint({ properties, queueOffset }: Message, { popTime }: Handover): Checkpoint | undefined {
  const given = checkpointOf(properties.POP_CK ?? "");
  // One of another time was stored with the message by whoever sent it.
  return given && given.popTime === popTime && given.queueOffset === queueOffset ? given : undefined;
}

function madeCheckpoint(
  { topic: keptTopic, queueId, queueOffset }: Message,
  { popTime, invisibleTime, reviveQid }: Handover,
  starts: ReadonlyMap<string, Int64>,
  holder: Holder,
  brokerName: string,
): Checkpoint {
  const origin = origins.find((each) => each !== "0" && keptIn({ ...holder, origin: each }) === keptTopic) ?? "0";
  const startOffset = starts.get(`${origin} ${queueId}`);
  if (startOffset === undefined || popTime === undefined || invisibleTime === undefined || reviveQid === undefined) {
    throw new Fault("undecodable", "Cannot read the messages: the broker doesn't say how to acknowledge them");
  }
  return { startOffset, popTime, invisibleTime, reviveQid, origin, brokerName, queueId, queueOffset };
}

const origins: readonly Origin[] = ["0", "1", "2"];

/** In order mode the record knows nothing of them: the count of the message, else that of its queue, tells. */
function redeliveriesOf(
  { reconsumeTimes, queueId, queueOffset }: Message,
  origin: Origin,
  counts: ReadonlyMap<string, Int64>,
): number {
  const counted = counts.get(`${origin} qo${queueId}%${queueOffset}`) ?? counts.get(`${origin} ${queueId}`) ?? 0;
  return Math.max(reconsumeTimes, Number(counted));
}
