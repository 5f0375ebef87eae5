import { Fault } from "../errors.ts";
import { dryRunAnswer } from "../http/dry-run.ts";
import { mannerOf } from "../http/manner.ts";
import type { Answer, Route, RouteRequest } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { settled } from "../http/settle.ts";
import { statusOfResponse } from "../http/statuses.ts";
import { type View, viewFor } from "./accept.ts";
import { type AccessOptions, checkToken } from "./access.ts";
import { bodyOf } from "./body.ts";
import { checkPreconditions, etagOf } from "./etag.ts";
import { inputOf } from "./input.ts";
import { jsonText, type Rendering, render } from "./output.ts";
import { type Preferences, preferencesOf } from "./prefer.ts";
import { scopeOf } from "./scope.ts";

export interface ExchangeOptions {
  readonly services: Services;
  readonly access: AccessOptions;
  readonly maxBodyBytes: number;
  /** The name of a request code, for a dry run. */
  readonly nameOf: (code: number) => string | null;
}

const NOT_FOUND = 404;
const HAS_PRECONDITIONS: ReadonlySet<string> = new Set(["PUT", "PATCH", "DELETE"]);

/**
 * Takes one request through its route: who may, which view, which input, under which conditions, in which manner. Rejects
 * with the fault that the caller is to hear of. `resource` is the GET route of the same path.
 */
export function exchanges({ services, access, maxBodyBytes, nameOf }: ExchangeOptions) {
  async function checkConditions(request: Request, input: RouteRequest, resource: Route | undefined): Promise<void> {
    const { headers, method } = request;
    if (!HAS_PRECONDITIONS.has(method) || !(headers.has("if-match") || headers.has("if-none-match"))) return;
    if (resource === undefined) {
      throw new Fault("precondition-failed", "Cannot check a precondition here: there is no state to compare with");
    }
    checkPreconditions(headers, await stateOf(resource, input));
  }

  /** The validator of a resource as it is now, null when it isn't there. */
  async function stateOf(resource: Route, { params }: RouteRequest): Promise<string | null> {
    try {
      const { body } = await resource.handle({ params, query: {}, body: undefined }, services);
      return await etagOf(jsonText(body));
    } catch (error) {
      if (error instanceof Fault && isAbsent(error)) return null;
      throw error;
    }
  }

  return async (route: Route, request: Request, resource: Route | undefined): Promise<Rendering> => {
    checkToken(request, route.access, access);
    route.check?.(services);
    const preferences = preferencesOf(request.headers.get("prefer"));
    const view = viewFor(request.headers.get("accept"), viewsOf(route));
    const input = { ...inputOf(route, new URL(request.url)), body: undefined as unknown };
    if (route.body) input.body = await bodyOf(route.body, request, maxBodyBytes);
    await checkConditions(request, input, resource);
    const manner = mannerOf(input.query);
    const scope = scopeOf(services, manner, preferences.waitMillis);
    const isRead = route.method === "GET";
    try {
      const answer = await route.handle(input, scope.services);
      const final = manner.dryRun ? dryRunAnswer(scope.plans, nameOf) : settled(answer, manner);
      return render({ route, answer: minimal(final, isRead, preferences), view, preferences, replies: scope.replies });
    } catch (error) {
      const refused = view === "command" ? refusedAnswer(error, route) : null;
      if (refused === null || scope.replies.length === 0) throw error;
      return render({ route, answer: refused, view, preferences, replies: scope.replies });
    }
  };
}

function viewsOf({ media, method, calls, hasBytes }: Route): View[] {
  if (media) return [media];
  if (hasBytes) return ["json", "text", "application/octet-stream"];
  return method === "GET" && calls.length > 0 ? ["json", "text", "command"] : ["json", "text"];
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
function minimal(answer: Answer, isRead: boolean, { isMinimal }: Preferences): Answer {
  if (isRead || !isMinimal || answer.status === 207) return answer;
  const { body: _, text: __, ...rest } = answer;
  return { ...rest, status: answer.status === 200 ? 204 : answer.status };
}
