import { networkInterfaces } from "node:os";
import type { Need } from "./subject.ts";

const addresses = Object.values(networkInterfaces()).flatMap((those) => those ?? []);

export const hasIpv6 = addresses.some(({ address }) => address === "::1");

/** Only there does a full queue of a listener make further attempts hang. */
export const hasUnanswered = process.platform === "linux";

/** What this machine cannot do, whatever the subject. */
export const machineLacks: Partial<Record<Need, string>> = {
  ...(hasIpv6 ? {} : { ipv6: "this machine has no IPv6 loopback" }),
  ...(hasUnanswered ? {} : { unanswered: "this machine has no port that does not answer" }),
};
