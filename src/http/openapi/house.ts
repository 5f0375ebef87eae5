import { isStreamed, type MediaType, type Route } from "../route.ts";
import type { Header, OpenApiResponse, Parameter, Reference } from "./types.ts";

/** What the gateway does for every route alike: views by Accept, preferences, validators and preconditions. */

/** The media types in which a route's answers can be had, the usual one first. */
export function mediaTypesOf({ media, method, calls, hasBytes, also, furtherMedia }: Route): readonly MediaType[] {
  if (media) return [media];
  if (hasBytes) return ["application/json", "text/plain", "application/octet-stream"];
  const others = also ? [also, ...furtherMedia] : furtherMedia;
  return method === "GET" && calls.length > 0
    ? ["application/json", "text/plain", COMMAND_TYPE, ...others]
    : ["application/json", "text/plain", ...others];
}

export const COMMAND_TYPE = "application/vnd.rocketmq.command+json";

/** Whether a write can be made to depend on the state of what it changes. */
export function hasPreconditions({ method }: Route): boolean {
  return method === "PUT" || method === "PATCH" || method === "DELETE";
}

const parameter = (name: string, description: string): Parameter => {
  return { name, in: "header", required: false, description, schema: { type: "string" } };
};

export const houseParameters = {
  Prefer: parameter(
    "Prefer",
    "`wait=5`: seconds that the answer may take at most; `int64=string`: 64-bit integers as texts; `return=minimal`: " +
      "no body after a write; `handling=strict`. What is applied comes back in Preference-Applied.",
  ),
  IfNoneMatch: parameter("If-None-Match", "ETags that the caller has: 304 while one of them is current"),
  LastEventId: parameter("Last-Event-ID", "the id of the last event that the caller got: the stream goes on behind it"),
  IfMatch: parameter("If-Match", "the ETag of the GET of the same path: 412 unless it is current"),
} as const;

export const houseHeaders: Readonly<Record<"ETag" | "Location", Header>> = {
  ETag: { description: "the validator of this content", schema: { type: "string" } },
  Location: { description: "where what was made can be found", schema: { type: "string", format: "uri-reference" } },
};

export function headerReference(name: keyof typeof houseHeaders): Reference {
  return { $ref: `#/components/headers/${name}` };
}

/** The header parameters that a route understands. `isRead` tells whether its path can be read with GET. */
export function houseParametersOf(route: Route, isRead: boolean): Reference[] {
  const names: (keyof typeof houseParameters)[] = route.media ? [] : ["Prefer"];
  if (isStreamed(route)) names.push("LastEventId");
  else if (route.method === "GET") names.push("IfNoneMatch");
  if (hasPreconditions(route) && isRead) names.push("IfMatch");
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
}

/** The answers that a route gives because of a request's headers, by status. */
export function houseResponsesOf(route: Route): Readonly<Record<string, OpenApiResponse>> {
  const { method, media, answers } = route;
  if (isStreamed(route)) return {};
  if (method === "GET") {
    return Object.keys(answers).length > 0 ? { 304: { description: "as the caller has it" } } : {};
  }
  return media || !answers[200] ? {} : { 204: { description: "done, where return=minimal is preferred" } };
}
