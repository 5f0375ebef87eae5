import { MAP_KEY, MAP_VALUE } from "../../schema/rows.ts";
import { publicSchema, type TSchema } from "../../schema/types.ts";
import type { JsonSchema } from "./types.ts";

/** The schemas of one document: those with a title are written once, under it, and referred to. */
export interface Schemas {
  /** Gives a schema a title, unless it has one. */
  entitle(schema: TSchema, title: string): void;
  /** The schema as OpenAPI has it. Throws when another one has its title already. */
  describe(schema: TSchema): JsonSchema;
  /** The schema that a `$ref` means, any other as it is. */
  resolve(schema: JsonSchema): JsonSchema;
  /** The schemas by title, in their order. */
  titled(): Readonly<Record<string, JsonSchema>>;
}

const PREFIX = "#/components/schemas/";
/** Keywords of our own, for the codecs. */
const ours: ReadonlySet<string> = new Set([MAP_KEY, MAP_VALUE]);

export function createSchemas(): Schemas {
  const given = new Map<unknown, string>();
  const known = new Map<string, JsonSchema>();

  function describe(schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map(describe);
    if (typeof schema !== "object" || schema === null) return schema;
    const { title = given.get(schema), ...rest } = schema as JsonSchema;
    // A member may be called title; a schema's own title is a text.
    if (typeof title !== "string") return plain(schema as JsonSchema);
    const described = { title, ...plain(rest) };
    const before = known.get(title);
    if (before && text(before) !== text(described)) throw new Error(`Cannot describe two schemas with title ${title}`);
    known.set(title, described);
    return { $ref: PREFIX + title };
  }

  /** The type as JSON Schema knows it; where a member is called type, that is its schema. */
  function publicType(type: unknown): unknown {
    if (typeof type === "string") return type === "bigint" ? "integer" : type;
    return Array.isArray(type) ? (publicSchema({ type }) as JsonSchema).type : describe(type);
  }

  function plain(schema: JsonSchema): JsonSchema {
    const keywords = Object.entries(schema).filter(([keyword]) => !ours.has(keyword));
    const parts = keywords.map(([keyword, part]) => [keyword, keyword === "type" ? publicType(part) : describe(part)]);
    return asMap(asEnum(Object.fromEntries(parts)));
  }

  return {
    entitle(schema, title) {
      const isNameless = !("title" in schema) && !given.has(schema);
      if (isNameless && "type" in schema && schema.type === "object") given.set(schema, title);
    },
    describe: (schema) => describe(schema) as JsonSchema,
    resolve({ $ref, ...schema }) {
      return typeof $ref === "string" ? (known.get($ref.slice(PREFIX.length)) ?? {}) : schema;
    },
    titled: () => Object.fromEntries([...known].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function text(schema: JsonSchema): string {
  return JSON.stringify(schema, (_, value) => (typeof value === "bigint" ? String(value) : value));
}

/** A union of constants as the enumeration that it is: generators make better types of it. */
function asEnum({ anyOf, ...schema }: JsonSchema): JsonSchema {
  if (!Array.isArray(anyOf)) return schema;
  const parts = anyOf as readonly JsonSchema[];
  const [first] = parts;
  if (!first || !parts.every((part) => "const" in part && part.type === first.type)) return { anyOf, ...schema };
  return { type: first.type, enum: parts.map((part) => part.const), ...schema };
}

/** A map as generators know it: by `additionalProperties`, with what its keys are like beside it. */
function asMap({ patternProperties, ...schema }: JsonSchema): JsonSchema {
  const [[pattern, value] = [], ...more] = Object.entries(patternProperties ?? {});
  if (pattern === undefined || value === undefined) return schema;
  if (more.length > 0) return { patternProperties, ...schema };
  const propertyNames = namesOf[pattern] ?? { pattern };
  return { ...schema, ...(propertyNames !== "any" && { propertyNames }), additionalProperties: value };
}

/** What the patterns that are for all names say, which not every language's regular expressions can. */
const namesOf: Readonly<Record<string, JsonSchema | "any">> = { "^.*$": "any", "^[^]+$": { minLength: 1 } };
