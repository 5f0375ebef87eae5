import { cyclesOf } from "./cycles.ts";
import { roomOf, type SourceFile, targetOf } from "./graph.ts";
import type { Import } from "./imports.ts";
import { adapters, layers as houseLayers, type Layer, outside, type Room } from "./layers.ts";

/** Everything in these files that breaks a rule of the house, one line each; empty when all is well. */
export function violationsOf(files: readonly SourceFile[], layers: readonly Layer[] = houseLayers): string[] {
  const places = placesOf(layers);
  return [
    ...files.flatMap((file) => [
      ...(places.has(roomOf(file.path) ?? "") ? [] : [`${file.path}: no layer has a room for it`]),
      ...file.imports.flatMap((each) => {
        const reason = reasonAgainst(file.path, each, places);
        const what = each.specifier === null ? "a computed specifier" : `"${each.specifier}"`;
        return reason === undefined ? [] : [`${file.path}:${each.line}: Cannot import ${what}: ${reason}`];
      }),
      ...runtimeGlobals(file),
    ]),
    ...cyclesOf(importGraph(files)).map((cycle) => `${cycle[0]}: Cannot import in a circle: ${cycle.join(" -> ")}`),
  ];
}

interface Place {
  readonly room: Room;
  readonly layer: string;
  /** 0 is the ground. */
  readonly level: number;
}

function placesOf(layers: readonly Layer[]): Map<string, Place> {
  const places = layers.flatMap(({ name: layer, rooms }, level) => rooms.map((room) => ({ room, layer, level })));
  return new Map(places.map((place) => [place.room.name, place]));
}

function reasonAgainst(path: string, { specifier }: Import, places: Map<string, Place>): string | undefined {
  if (specifier === null) return "nobody can tell what it names";
  const target = targetOf(path, specifier);
  const to = places.get(roomOf(target ?? "") ?? "");
  if (target === undefined || !to) return reasonAgainstOutside(path, target ?? specifier);
  const from = places.get(roomOf(path) ?? "");
  // A file without a room is a violation of its own.
  return (from && reasonAgainstRoom(from, to)) ?? reasonAgainstAdapter(path, target);
}

function reasonAgainstRoom(from: Place, to: Place): string | undefined {
  const isBeside = from.level === to.level && from.room.beside?.includes(to.room.name);
  const isBelow = from.level > to.level && !from.room.never?.includes(to.room.name);
  if (from.room === to.room || isBelow || isBeside) return undefined;
  return `${from.room.name} (${from.layer}) may not see ${to.room.name} (${to.layer})`;
}

function reasonAgainstOutside(path: string, what: string): string | undefined {
  const known = outside.find(({ specifier: start }) => isWithin(what, start));
  if (!known) return "it is neither in the house nor in the table of what comes from outside";
  if (known.in.some((start) => path.startsWith(start))) return undefined;
  return `only ${known.in.join(", ")} may`;
}

function isWithin(specifier: string, start: string): boolean {
  return specifier === start || specifier.startsWith(start.endsWith(":") ? start : `${start}/`);
}

function reasonAgainstAdapter(path: string, target: string): string | undefined {
  const adapter = adapterOf(target);
  if (adapter === undefined || adapterOf(path) === adapter || path.startsWith("src/runtime/")) return undefined;
  return "an adapter is chosen in src/runtime only";
}

function adapterOf(path: string): string | undefined {
  return adapters.find((name) => path === `src/transport/${name}.ts` || path.startsWith(`src/transport/${name}-`));
}

/** Globals that exist on some runtimes only: asked for to tell the runtime, or used where none has been chosen. */
function runtimeGlobals({ path, tokens }: SourceFile): string[] {
  const isChosen = path.startsWith("src/runtime/") || adapterOf(path) !== undefined;
  return tokens.flatMap(({ text, kind, line }, index) => {
    if (!globals.has(text)) return [];
    const [before, after] = [tokens[index - 1]?.text, tokens[index + 1]?.text];
    const isSniffed = kind === "text" ? after === "in" : before === "typeof" && after !== ".";
    if (isSniffed) return [`${path}:${line}: Cannot ask for ${text}: the entry file chooses its adapter`];
    const isOther = kind === "text" || after === ":" || (before === "." && tokens[index - 2]?.text !== "globalThis");
    // A function may well be called process.
    if (isChosen || isOther || (text === "process" && after !== ".")) return [];
    return [`${path}:${line}: Cannot use ${text}: only src/runtime and the adapters may`];
  });
}

const globals = new Set(["Bun", "Deno", "process"]);

function importGraph(files: readonly SourceFile[]): Map<string, string[]> {
  const targets = ({ path, imports }: SourceFile) =>
    imports.flatMap(({ specifier }) => (specifier === null ? [] : (targetOf(path, specifier) ?? [])));
  return new Map(files.map((file) => [file.path, targets(file)]));
}
