import { utf8 } from "../bytes/utf8.ts";
import { Fault } from "../errors.ts";
import { dryRunAnswer } from "../http/dry-run.ts";
import { mannerOf } from "../http/manner.ts";
import { type Answer, isStreamed, type Route, type RouteRequest } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { settled } from "../http/settle.ts";
import { statusOfResponse } from "../http/statuses.ts";
import { limits } from "../limits.ts";
import { type View, viewFor } from "./accept.ts";
import { type AccessOptions, checkToken } from "./access.ts";
import { bodyOf } from "./body.ts";
import { coalescer } from "./coalesce.ts";
import { checkPreconditions, etagOf } from "./etag.ts";
import { inputOf } from "./input.ts";
import { jsonContent, jsonText, type Rendering, render } from "./output.ts";
import { type Preferences, preferencesOf } from "./prefer.ts";
import { scopeOf } from "./scope.ts";

/** How reads of the same thing are shared. */
export interface Sharing {
  /** Whether reads at the same time are one. */
  readonly isShared: boolean;
  /** How long what was read is kept, milliseconds; 0 keeps nothing. */
  readonly ttlMillis: number;
}

export interface ExchangeOptions {
  readonly services: Services;
  readonly access: AccessOptions;
  readonly maxBodyBytes: number;
  readonly sharing: Sharing;
  /** The name of a request code, for a dry run. */
  readonly nameOf: (code: number) => string | null;
}

const NOT_FOUND = 404;
const HAS_PRECONDITIONS: ReadonlySet<string> = new Set(["PUT", "PATCH", "DELETE"]);

/** Takes a request with this URL through a route. Rejects with the fault that the caller is to hear of. */
export type Exchange = (request: Request, url: URL) => Promise<Rendering>;

/**
 * How requests go through routes: who may, which view, which input, under which conditions, in which manner. `resource`
 * is the GET route of the same path.
 */
export function exchanges({ services, access, maxBodyBytes, nameOf, sharing }: ExchangeOptions) {
  const { isShared, ttlMillis } = sharing;
  const isKept = ({ status, etag }: Rendering) => status === 200 && etag !== null;
  const reads = coalescer<Rendering>({ ttlMillis, maxEntries: limits.maxKeptReads, isKept });
  const freshness: Record<string, string> =
    ttlMillis > 0 ? { "cache-control": `private, max-age=${Math.floor(ttlMillis / 1_000)}` } : {};

  async function checkConditions(request: Request, input: RouteRequest, resource: Route | undefined): Promise<void> {
    const { headers, method } = request;
    if (!HAS_PRECONDITIONS.has(method) || !(headers.has("if-match") || headers.has("if-none-match"))) return;
    if (resource === undefined) {
      throw new Fault("precondition-failed", "Cannot check a precondition here: there is no state to compare with");
    }
    checkPreconditions(headers, await stateOf(resource, input));
  }

  /** The validator of a resource as it is now, null when it isn't there. */
  async function stateOf(resource: Route, { params, query: given }: RouteRequest): Promise<string | null> {
    // A parameter that both understand, such as ?broker, says which state is meant.
    const query = Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(resource.query, name)));
    try {
      const { body, json, etag } = await resource.handle({ params, query, headers: {}, body: undefined }, services);
      return etag ?? etagOf(json ? jsonContent(json) : utf8(jsonText(body)));
    } catch (error) {
      if (error instanceof Fault && isAbsent(error)) return null;
      throw error;
    }
  }

  return (route: Route, resource: Route | undefined): Exchange => {
    const views = viewsOf(route);
    const isRead = route.method === "GET";
    const isStream = isStreamed(route);
    const sharesReads = isShared && isShareable(route);
    return async (request, url) => {
      const { headers } = request;
      checkToken(request, route.access, access);
      route.check?.(services);
      const preferences = preferencesOf(headers.get("prefer"));
      const view = viewFor(headers.get("accept"), views);
      const lastEventId = (isStream && headers.get("last-event-id")) || undefined;
      const { waitMillis } = preferences;
      const input = { ...inputOf(route, url, headers), body: undefined as unknown, lastEventId, waitMillis };
      if (route.body) input.body = await bodyOf(route.body, request, maxBodyBytes);
      if (!isRead) {
        await checkConditions(request, input, resource);
        // Whatever came of it: a read that begins after it must not be answered from before it.
        return perform(route, input, view, preferences).finally(reads.forget);
      }
      if (!sharesReads) return perform(route, input, view, preferences);
      const { applied } = preferences;
      // Blanks occur in none of these but the last.
      const key = `${view} ${url.href} ${waitMillis} ${applied}`;
      return reads.share(key, () => perform(route, input, view, preferences));
    };
  };

  async function perform(route: Route, input: RouteRequest, view: View, preferences: Preferences): Promise<Rendering> {
    const manner = mannerOf(input.query);
    const isRead = route.method === "GET";
    // A stream goes on for as long as it is read.
    const waitMillis = isStreamed(route) ? null : preferences.waitMillis;
    const scope = scopeOf(services, { manner, waitMillis, keepsReplies: view === "command" });
    const shown = { route, view, preferences, replies: scope.replies };
    try {
      const answer = await route.handle(input, scope.services);
      if (isRead) return render({ ...shown, answer, freshness: isShareable(route) ? freshness : {} });
      const final = manner.dryRun ? dryRunAnswer(scope.plans, nameOf) : settled(answer, manner);
      return render({ ...shown, answer: minimal(final, preferences) });
    } catch (error) {
      const refused = view === "command" ? refusedAnswer(error, route) : null;
      if (refused === null || scope.replies.length === 0) throw error;
      return render({ ...shown, answer: refused });
    }
  }
}

/** Whether what is read of servers through a route may be shared, and kept for a while. */
function isShareable(route: Route): boolean {
  return route.method === "GET" && route.calls.length > 0 && !isStreamed(route);
}

function viewsOf({ media, method, calls, hasBytes, also, furtherMedia }: Route): View[] {
  if (media) return [media];
  if (hasBytes) return ["json", "text", "application/octet-stream"];
  const others: View[] = also ? [also, ...furtherMedia] : [...furtherMedia];
  return method === "GET" && calls.length > 0 ? ["json", "text", "command", ...others] : ["json", "text", ...others];
}

/** A refusal in the command view is the server's own answer, with the status that a problem would have. */
function refusedAnswer(error: unknown, { method }: Route): Answer | null {
  const response = error instanceof Fault ? error.options.response : undefined;
  return response ? { status: statusOfResponse(response, method) } : null;
}

function isAbsent({ fault, options }: Fault): boolean {
  return (
    fault === "not-found" || (options.response !== undefined && statusOfResponse(options.response, "GET") === NOT_FOUND)
  );
}

/** A write's answer without its body, where the caller prefers that and everything went well. */
function minimal(answer: Answer, { isMinimal }: Preferences): Answer {
  if (!isMinimal || answer.status === 207 || answer.stream) return answer;
  const { body: _, text: __, ...rest } = answer;
  return { ...rest, status: answer.status === 200 ? 204 : answer.status };
}
