import { stringifyJson } from "../json/strict.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json/value.ts";

const GAP = "  ";

/** A reply as aligned columns for a terminal: a list as a row each, an object as a line a member. */
export function tableOf(body: JsonValue): string {
  if (isJsonObject(body) && Array.isArray(body.data)) return rowsTable(body.data, body.next ?? null);
  if (isJsonObject(body)) return objectTable(body);
  return `${cell(body)}\n`;
}

function rowsTable(rows: readonly JsonValue[], next: JsonValue): string {
  const objects = rows.map((row) => (isJsonObject(row) ? row : { value: row }));
  const names = [...new Set(objects.flatMap((row) => Object.keys(row)))];
  const head = names.map((name) => name.toUpperCase());
  const lines = objects.map((row) =>
    names.map((name) => (Object.hasOwn(row, name) ? cell(row[name] as JsonValue) : "-")),
  );
  const more = next === null ? "" : `\nnext: ${cell(next)}\n`;
  return names.length === 0 ? `(none)\n${more}` : `${aligned([head, ...lines])}${more}`;
}

/** Members that are lists of objects get a table of their own below the others. */
function objectTable(body: JsonObject): string {
  const entries = Object.entries(body);
  const isList = (value: JsonValue) => Array.isArray(value) && value.length > 0 && value.every(isJsonObject);
  const lines = entries.filter(([, value]) => !isList(value)).map(([name, value]) => [name, cell(value)]);
  const lists = entries.filter(([, value]) => isList(value));
  const tables = lists.map(([name, value]) => `\n${name}\n${rowsTable(value as JsonValue[], null)}`);
  return `${aligned(lines)}${tables.join("")}`;
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ""))));
  const padded = lines.map((line) =>
    line
      .map((text, column) => text + " ".repeat((widths[column] ?? 0) - widthOf(text)))
      .join(GAP)
      .trimEnd(),
  );
  return padded.map((line) => `${line}\n`).join("");
}

/** Columns of a terminal that a text takes: East Asian characters and emoji take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text)
    width +=
      /[\p{Extended_Pictographic}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        char,
      )
        ? 2
        : 1;
  return width;
}

/** One line, without what would move a terminal's cursor. */
function cell(value: JsonValue): string {
  const text = typeof value === "string" ? value : value === null ? "-" : stringifyJson(value);
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
