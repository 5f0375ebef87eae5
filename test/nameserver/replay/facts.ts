import type { Generation } from "../../../src/wire/versions.ts";
import { samplesIn } from "../../golden/samples.ts";

/** What a real server answered. */
export interface RealAnswer {
  readonly code: number;
  readonly remark: string | null;
  readonly extFields: Readonly<Record<string, string>> | null;
  readonly bodyText?: string;
  /** The beginning of a text that was too long to keep. */
  readonly bodyTextStart?: string;
  /** Why there was no answer at all; the others are absent then. */
  readonly noReply?: string;
}

/** One request to a real name server, with its answer. */
export interface Fact {
  readonly version: Generation;
  readonly code: number;
  readonly note: string;
  readonly request: {
    readonly extFields: Readonly<Record<string, string | number>> | null;
    readonly version?: number;
    readonly serialize?: "ROCKETMQ";
    readonly bodyText?: string;
    readonly bodyHex?: string;
  };
  readonly response: RealAnswer;
}

/** What was asked of real name servers of one generation, in the order of asking. */
export async function factsOf(generation: Generation): Promise<Fact[]> {
  const samples = [...(await samplesIn("probes.json")), ...(await samplesIn("extra-probes.json"))];
  const facts = samples.filter(({ target, version }) => target === "namesrv" && version === generation);
  return facts as unknown as Fact[];
}

/** Facts about something else than the answer to a request. */
export function isReplayable({ note }: Fact): boolean {
  return (
    !/^(EXPIRY|TLS|aclEnable|name server beside)/.test(note) && !note.startsWith("route with a filter server (after")
  );
}
