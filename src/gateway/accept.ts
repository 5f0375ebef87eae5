import { Fault } from "../errors.ts";
import type { MediaType } from "../http/route.ts";

/** The representations that an answer may have: those that are made of it, or bytes of a media type. */
export type View = "json" | "text" | "command" | MediaType;

const types: Readonly<Record<string, string>> = {
  json: "application/json",
  text: "text/plain",
  command: "application/vnd.rocketmq.command+json",
};

function typeOf(view: View): string {
  return types[view] ?? view;
}

interface Range {
  readonly type: string;
  readonly quality: number;
}

/**
 * The view that a request prefers among those on offer, the first of equals. Throws `not-acceptable` when it takes none
 * (RFC 9110, 12.5.1).
 */
export function viewFor(accept: string | null, offered: readonly View[]): View {
  if (accept === null || accept === "*/*" || accept.trim() === "") return offered[0] ?? "json";
  const ranges = accept.split(",").map(parseRange);
  let best: View | undefined;
  let bestQuality = 0;
  for (const view of offered) {
    const quality = qualityOf(typeOf(view), ranges);
    if (quality > bestQuality) [best, bestQuality] = [view, quality];
  }
  if (best !== undefined) return best;
  const types = offered.map(typeOf).join(" or ");
  throw new Fault("not-acceptable", `Cannot answer in any accepted type: there is ${types}`);
}

/** The quality that the most specific matching range gives a type, 0 when none matches. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  for (const candidate of [type, `${type.split("/")[0]}/*`, "*/*"]) {
    const range = ranges.find((each) => each.type === candidate);
    if (range) return range.quality;
  }
  return 0;
}

function parseRange(text: string): Range {
  const [type = "", ...parameters] = text.toLowerCase().split(";");
  const q = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith("q="));
  const quality = q === undefined ? 1 : Number(q.slice(2));
  return { type: type.trim(), quality: Number.isFinite(quality) ? quality : 0 };
}
