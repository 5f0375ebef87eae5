/** The entries of a golden file that is an array. Numbers beyond 2^53 come rounded. */
export async function samplesIn(name: string): Promise<Record<string, unknown>[]> {
  return Bun.file(new URL(name, import.meta.url)).json();
}
