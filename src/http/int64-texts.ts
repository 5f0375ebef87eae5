import { isInt64 } from "../json/value.ts";
import type { TSchema } from "../schema/types.ts";

type Node = TSchema & {
  readonly format?: string;
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly patternProperties?: Readonly<Record<string, Node>>;
};

/** The value with every member that its schema says has 64 bits as a text, whatever it holds: one type for a reader. */
export function withInt64Texts(schema: TSchema, value: unknown): unknown {
  const node = schema as Node;
  if (node.format === "int64") return isInt64(value) ? String(value) : value;
  if (node.anyOf) return node.anyOf.reduce<unknown>((text, each) => withInt64Texts(each, text), value);
  if (Array.isArray(value)) return node.items ? value.map((item) => withInt64Texts(node.items as Node, item)) : value;
  if (typeof value !== "object" || value === null || value instanceof Map) return value;
  const [anyMember] = Object.values(node.patternProperties ?? {});
  const entries = Object.entries(value).map(([name, member]) => {
    const known = node.properties && Object.hasOwn(node.properties, name) ? node.properties[name] : anyMember;
    return [name, known ? withInt64Texts(known, member) : member];
  });
  return Object.fromEntries(entries);
}
