import { isContainer, type JsonMap, type JsonValue } from "./value.ts";
import { close, emit, type Output, omits, separate, write, writeValue } from "./write.ts";

export interface WriteDialectOptions {
  /**
   * How the integer keys of a `Map` are written: `{0:"a"}` as fastjson does, or `{"0":"a"}`, which is strict JSON
   * and is read by fastjson too.
   */
  readonly integerKeys: "bare" | "quoted";
  /** The longest text that may come out, in UTF-16 units. Default 64 Mi. */
  readonly maxChars?: number;
}

/**
 * Writes a value as fastjson does, for Java servers and clients: object keys of a `Map` as bare objects
 * (`{{"topic":"T"}:0}`), integers with all their digits, no member that is null or undefined. A null key becomes
 * `"null"`, which fastjson 1.2.3, 1.2.69 and fastjson2 2.0.59 all read; a bare one only some do.
 *
 * @throws {Fault} `undecodable` for a value that contains itself or comes out too long.
 */
export function stringifyDialect(value: JsonValue, options: WriteDialectOptions): string {
  const keyText = options.integerKeys === "bare" ? String : (key: number | bigint) => `"${key}"`;
  return write(value, {
    indent: "",
    quoteBigint: false,
    omitNull: true,
    maxChars: options.maxChars ?? 64 * 1024 * 1024,
    writeMap: (output, map) => writeMap(output, map, keyText),
  });
}

function writeMap(output: Output, map: JsonMap, keyText: (key: number | bigint) => string): void {
  emit(output, "{");
  let first = true;
  for (const [key, value] of map) {
    if (omits(output, value)) continue;
    separate(output, first);
    first = false;
    if (isContainer(key)) writeValue(output, key);
    else emit(output, typeof key === "number" || typeof key === "bigint" ? keyText(key) : JSON.stringify(String(key)));
    emit(output, ":");
    writeValue(output, value);
  }
  close(output, first, "}");
}
