/**
 * The cycles of a directed graph, given as nodes with what they lead to. Each comes once, as the path from its first
 * node back to it. A node that isn't in the graph leads nowhere. Empty when there is no cycle; when there are any, at
 * least one is found in every knot.
 */
export function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const finished = new Set<string>();
  const path: string[] = [];
  const cycles: string[][] = [];

  function visit(node: string): void {
    const start = path.indexOf(node);
    if (start >= 0) cycles.push([...path.slice(start), node]);
    if (start >= 0 || finished.has(node)) return;
    path.push(node);
    for (const next of graph.get(node) ?? []) visit(next);
    path.pop();
    finished.add(node);
  }

  for (const node of graph.keys()) visit(node);
  return cycles;
}
