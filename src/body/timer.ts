import { Fault } from "../errors.ts";
import { int64 } from "../json/value.ts";
import { Int64, type Static, Type } from "../schema/types.ts";
import type { BodyCodec } from "./codec.ts";
import { jsonBody } from "./json.ts";
import { DataVersion } from "./topic-config.ts";

/** TimerMetricsSerializeWrapper: timed messages that wait. */
export const TimerMetrics = Type.Object({
  timingCount: Type.Record(
    Type.String(),
    Type.Object({ count: Int64("messages that wait"), timeStamp: Int64("when that last changed, epoch milliseconds") }),
    { description: "by topic" },
  ),
  dataVersion: DataVersion,
});
export type TimerMetrics = Static<typeof TimerMetrics>;

export const timerMetrics = jsonBody(TimerMetrics);

/** TimerCheckpoint: how far a broker is in delivering timed messages. */
export const TimerCheckpoint = Type.Object({
  lastReadTimeMs: Int64("up to when messages were delivered, epoch milliseconds"),
  lastTimerLogFlushPos: Int64("how far the timer log is on disk, bytes"),
  lastTimerQueueOffset: Int64("offset in the timer's topic up to which messages are in the log"),
  masterTimerQueueOffset: Int64("the same of the master"),
  stateVersion: Int64("epoch of the controller, 0 without one"),
  timestamp: Int64("when the version moved, epoch milliseconds"),
  counter: Int64("how often it moved"),
});
export type TimerCheckpoint = Static<typeof TimerCheckpoint>;

const places = Object.keys(TimerCheckpoint.properties) as (keyof TimerCheckpoint)[];
const PLACE_BYTES = 8;

/** Seven big-endian integers of 64 bits, in the order above (TimerCheckpoint.encode). */
export const timerCheckpoint: BodyCodec<TimerCheckpoint> = {
  schema: TimerCheckpoint,
  encode(checkpoint) {
    const view = new DataView(new ArrayBuffer(places.length * PLACE_BYTES));
    for (const [index, name] of places.entries()) view.setBigInt64(index * PLACE_BYTES, BigInt(checkpoint[name]));
    return new Uint8Array(view.buffer);
  },
  decode(bytes) {
    if (bytes.length !== places.length * PLACE_BYTES) {
      throw new Fault("undecodable", `Cannot decode timer checkpoint: it has ${bytes.length} bytes`);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const valueAt = (index: number) => int64(view.getBigInt64(index * PLACE_BYTES));
    return Object.fromEntries(places.map((name, index) => [name, valueAt(index)])) as TimerCheckpoint;
  },
};
