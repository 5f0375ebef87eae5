import { toHex } from "../bytes/hex.ts";
import type { Preview } from "../client/client.ts";
import { annotateFrame } from "../wire/annotate.ts";
import { commandJson } from "./command-json.ts";
import type { Answer } from "./route.ts";

/** The answer to a dry run. `nameOf` tells the name of a request code. */
export function dryRunAnswer(plans: readonly Preview[], nameOf: (code: number) => string | null): Answer {
  const requests = plans.map(({ target, command, frame, isVersionKnown: versionKnown }) => ({
    target,
    command: commandJson(command, nameOf),
    hex: toHex(frame),
    frame: annotateFrame(frame),
    versionKnown,
  }));
  return { status: 200, body: { dryRun: true, requests } };
}
