/** A column: its title and the text that it has for a row. */
export type Column<Row> = readonly [title: string, text: (row: Row) => string];

/** A table of plain text. Columns are aligned to the right, but for those named here. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], left: readonly string[]): string {
  const titles = columns.map(([title]) => title);
  const body = rows.map((row) => columns.map(([, text]) => text(row)));
  const widths = titles.map((title, index) =>
    Math.max(title.length, ...body.map((cells) => cells[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return left.includes(titles[index] ?? "") ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd();
  return [titles, widths.map((width) => "-".repeat(width)), ...body].map(line).join("\n");
}

/** A whole number with commas. */
export function whole(value: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString("en-US") : "-";
}

/** A number with so many digits behind the point. */
export function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : "-";
}
