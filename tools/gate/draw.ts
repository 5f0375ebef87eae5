import { roomOf, type SourceFile, targetOf } from "./graph.ts";
import { layers as houseLayers, type Layer } from "./layers.ts";

const BEGIN = "<!-- The graph, written by tools/gate/draw-graph.ts -->";
const END = "<!-- end of the graph -->";

/** The page with its block between the markers replaced by this graph. Throws when the markers are missing. */
export function withGraph(page: string, files: readonly SourceFile[], layers: readonly Layer[] = houseLayers): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`Cannot draw the graph: no markers "${BEGIN}" and "${END}"`);
  return `${page.slice(0, begin) + BEGIN}\n\n${drawn(files, layers)}\n\n${page.slice(end)}`;
}

function drawn(files: readonly SourceFile[], layers: readonly Layer[]): string {
  const edges = roomEdges(files);
  const built = layers.map(({ name, rooms }) => ({ name, rooms: rooms.filter((room) => edges.has(room.name)) }));
  const inhabited = built.filter(({ rooms }) => rooms.length > 0);
  return `${mermaid(edges, inhabited)}\n\n${table(edges, inhabited)}`;
}

type Edges = ReadonlyMap<string, ReadonlySet<string>>;

/** Which room imports which others. A room without a file isn't among them. */
function roomEdges(files: readonly SourceFile[]): Edges {
  const edges = new Map<string, Set<string>>();
  for (const { path, imports } of files) {
    const from = roomOf(path);
    if (from === undefined) continue;
    const known = edges.get(from) ?? new Set();
    edges.set(from, known);
    for (const { specifier } of imports) {
      const to = roomOf(specifier === null ? "" : (targetOf(path, specifier) ?? ""));
      if (to !== undefined && to !== from) known.add(to);
    }
  }
  return edges;
}

/** The rooms by layer. The ground is left out, since all stand on it, and so are arrows that follow from others. */
function mermaid(edges: Edges, layers: readonly Layer[]): string {
  const upper = layers.filter(({ name }) => name !== "ground");
  const rooms = new Set(upper.flatMap((layer) => layer.rooms.map((room) => room.name)));
  const boxes = upper
    .toReversed()
    .flatMap(({ name, rooms }) => [
      `  subgraph layer-${name}["${name}"]`,
      ...rooms.map((room) => `    ${room.name}`),
      "  end",
    ]);
  const arrows = [...rooms].reverse().flatMap((from) => {
    const targets = [...rooms].filter((to) => edges.get(from)?.has(to));
    return targets.filter((to) => !targets.some((via) => reaches(edges, via, to))).map((to) => `  ${from} --> ${to}`);
  });
  return ["```mermaid", "flowchart TD", ...boxes, ...arrows, "```"].join("\n");
}

function reaches(edges: Edges, from: string, to: string, seen: Set<string> = new Set()): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  return [...(edges.get(from) ?? [])].some((next) => next === to || reaches(edges, next, to, seen));
}

function table(edges: Edges, layers: readonly Layer[]): string {
  const order = layers.flatMap((layer) => layer.rooms.map((room) => room.name));
  const rows = layers.toReversed().flatMap((layer) =>
    layer.rooms.map(({ name, holds }) => {
      const imports = order.filter((room) => edges.get(name)?.has(room)).join(", ");
      return `| ${layer.name} | \`${name}\` | ${holds} | ${imports || "nothing"} |`;
    }),
  );
  return ["| Layer | Room | What it holds | What it imports |", "| --- | --- | --- | --- |", ...rows].join("\n");
}
