import { heartbeatData } from "../body/heartbeat.ts";
import { bool, optional } from "../schema/fields.ts";
import { command } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const heartBeat = command({
  code: 34,
  name: "HEART_BEAT",
  description:
    "Tells a broker who a client is, what it produces and consumes. It forgets a client that was silent for 120 s.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: { header: rpcHeader, body: heartbeatData },
  response: {
    header: {
      isSupportHeartBeatV2: optional(
        bool("whether heartbeats may leave out what didn't change, since 5.1", { wire: "IS_SUPPORT_HEART_BEAT_V2" }),
      ),
      isSubChange: optional(bool("whether the subscriptions changed, since 5.1", { wire: "IS_SUB_CHANGE" })),
    },
  },
});
