import type { MAP_KEY, MAP_VALUE } from "../schema/rows.ts";
import type { TSchema } from "../schema/types.ts";
import { INTEGER_KEY } from "../schema/types.ts";

/** What of a JSON Schema says how a value travels. */
export interface Shape {
  readonly type?: string | readonly string[];
  /** The members of an object. */
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** The values of a map, by the pattern of their keys. */
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  /** The items of a list. */
  readonly items?: Shape;
  /** Which members of its items are the key, where a list travels as a map whose keys are objects. */
  readonly [MAP_KEY]?: readonly string[];
  /** Which member of them is the value, where that is no object. */
  readonly [MAP_VALUE]?: string;
}

export const shapeOf = (schema: TSchema): Shape => schema;

/** The shape of a declared member; names that an object inherits, such as `constructor`, are none. */
export function memberShape({ properties = {} }: Shape, name: string): Shape | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** The shape of a map's values, undefined for anything but a map. */
export function entryShape({ patternProperties = {} }: Shape): Shape | undefined {
  return Object.values(patternProperties)[0];
}

/** Whether the keys of a map are integers. */
export function isIntegerKeyed({ patternProperties = {} }: Shape): boolean {
  return Object.hasOwn(patternProperties, INTEGER_KEY);
}
