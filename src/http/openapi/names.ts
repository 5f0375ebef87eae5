import type { Route } from "../route.ts";

type Named = Pick<Route, "method" | "path" | "access" | "answers">;

/** What names an operation in generated clients; it follows from method and path, so it is as stable as they are. */
export function operationIdOf({ method, path, access, answers }: Named): string {
  const segments = path.split("/").filter((segment) => segment !== "");
  const last = segments.at(-1) ?? "about";
  if (method === "POST" && verbs.has(last)) return last + subjectOf(segments.slice(0, -1));
  if (method === "GET" && !last.startsWith("{")) {
    const isList = Object.values(answers).some(({ schema }) => isListSchema(schema));
    return `${isList ? "list" : "get"}${subjectOf(segments.slice(0, -1))}${words(last)}`;
  }
  const verb = method === "POST" && access === "read" ? "query" : method.toLowerCase();
  return verb + subjectOf(segments);
}

/** Last segments of a POST that say what is done. */
const verbs: ReadonlySet<string> = new Set(
  "register unregister invoke encode decode receive ack renew retry reset clone release".split(" "),
);

/** The thing that the segments lead to, in the singular: /clusters/{cluster}/topics → ClusterTopic. */
function subjectOf(segments: readonly string[]): string {
  return segments
    .map((segment, index) => {
      if (!segment.startsWith("{")) return words(singular(segment));
      // A parameter is named by the plural before it; a noun without plural, such as kv, needs its own name.
      const noun = segments.slice(0, index).findLast((each) => !each.startsWith("{")) ?? "";
      const isLast = !segments[index + 1]?.startsWith("{");
      return noun === singular(noun) && isLast ? words(segment.slice(1, -1)) : "";
    })
    .join("");
}

function singular(noun: string): string {
  if (noun.endsWith("sses")) return noun.slice(0, -2);
  if (noun.endsWith("ies")) return `${noun.slice(0, -3)}y`;
  return /[^us]s$/.test(noun) ? noun.slice(0, -1) : noun;
}

/** name-servers → NameServers; the dot of openapi.json parts words as well. */
function words(segment: string): string {
  return segment.replace(/(?:^|[-.])(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function isListSchema(schema: unknown): boolean {
  const { data, next } = (schema as { properties?: Record<string, unknown> } | undefined)?.properties ?? {};
  return data !== undefined && next !== undefined;
}
