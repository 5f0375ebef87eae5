import { existsSync } from "node:fs";
import { routes } from "../../routes/index.ts";
import { openApiOf } from "../../src/http/openapi/document.ts";
import type { JsonSchema, OpenApi, Operation } from "../../src/http/openapi/types.ts";
import { version } from "../../src/runtime/version.ts";

export const openapi: OpenApi = openApiOf(routes, { name: "rocketmq-gateway", version });

/** Every operation, as `METHOD /path`. */
export const operations: readonly (readonly [name: string, operation: Operation])[] = Object.entries(
  openapi.paths,
).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
);

/** The schema with every `$ref` replaced by what it means. */
export function whole(schema: unknown): JsonSchema {
  return unfold(schema) as JsonSchema;
}

function unfold(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(unfold);
  if (typeof part !== "object" || part === null) return part;
  if ("$ref" in part) return unfold(targetOf(String(part.$ref)));
  return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, unfold(each)]));
}

/** What a `$ref` within the document means; undefined where it means nothing. */
export function targetOf($ref: string): unknown {
  const names = $ref.replace(/^#\//, "").split("/");
  return names.reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], openapi);
}

const tools = `${import.meta.dir}/tools`;

/** Why the packages that these tests use can't be had here. */
export const toolsMissing: string | undefined = existsSync(`${tools}/node_modules`)
  ? undefined
  : "they are not installed: run npm ci --prefix test/openapi/tools";

export const toolModules = `${tools}/node_modules`;

/** Under CI what isn't there fails; elsewhere it is skipped, and its name says why. */
export const needsTools = {
  title: toolsMissing === undefined ? "" : ` (skipped: ${toolsMissing})`,
  skipped: toolsMissing !== undefined && process.env.CI !== "true",
};

/** A package of test/openapi/tools. */
export function tool<T>(name: string): Promise<T> {
  return import(Bun.resolveSync(name, tools));
}
