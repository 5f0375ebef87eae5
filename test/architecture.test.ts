import { describe, expect, test } from "bun:test";
import { cyclesOf } from "../tools/gate/cycles.ts";
import { withGraph } from "../tools/gate/draw.ts";
import { readHouse, sourceFile } from "../tools/gate/graph.ts";
import { type Layer, layers } from "../tools/gate/layers.ts";
import { violationsOf } from "../tools/gate/rules.ts";

const house = await readHouse();
const page = await Bun.file(new URL("../docs/architecture.md", import.meta.url)).text();

describe("the house", () => {
  test("keeps its own rules", () => {
    expect(house.length).toBeGreaterThan(50);
    expect(violationsOf(house)).toEqual([]);
  });

  test("is drawn as it is in docs/architecture.md (bun tools/gate/draw-graph.ts draws it anew)", () => {
    expect(page).toBe(withGraph(page, house));
  });
});

describe("the layer table", () => {
  const rooms = layers.flatMap((layer) => layer.rooms);

  test("names every room once", () => {
    expect(rooms.length).toBe(new Set(rooms.map((room) => room.name)).size);
  });

  test("lets a room see beside itself only in its own layer, and forbids only what lies below", () => {
    for (const [level, layer] of layers.entries()) {
      const here = layer.rooms.map((room) => room.name);
      const below = layers.slice(0, level).flatMap((lower) => lower.rooms.map((room) => room.name));
      for (const { beside = [], never = [] } of layer.rooms) {
        expect(here).toEqual(expect.arrayContaining([...beside]));
        expect(below).toEqual(expect.arrayContaining([...never]));
      }
    }
  });

  test("has no circle of rooms beside each other", () => {
    expect(cyclesOf(new Map(rooms.map(({ name, beside = [] }) => [name, beside])))).toEqual([]);
  });
});

/** What the rules say of files given by path and text. */
function verdict(texts: Record<string, string>, table?: readonly Layer[]): string[] {
  return violationsOf(
    Object.entries(texts).map(([path, text]) => sourceFile(path, text)),
    table,
  );
}

describe("the rules find", () => {
  const one: Record<string, [path: string, text: string, found: string]> = {
    "an upward import": [
      "src/wire/frame.ts",
      `import { dial } from "../client/dial.ts";`,
      `src/wire/frame.ts:1: Cannot import "../client/dial.ts": wire (L1) may not see client (L5)`,
    ],
    "an upward type import": [
      "src/wire/frame.ts",
      `\nimport type { Peer } from "../client/peer.ts";`,
      `src/wire/frame.ts:2: Cannot import "../client/peer.ts": wire (L1) may not see client (L5)`,
    ],
    "an upward re-export": [
      "src/body/a.ts",
      `export * from "../session/session.ts";`,
      `src/body/a.ts:1: Cannot import "../session/session.ts": body (L2) may not see session (L4)`,
    ],
    "an upward import in a type": [
      "src/body/a.ts",
      `type A = import("../session/session.ts").A;`,
      `src/body/a.ts:1: Cannot import "../session/session.ts": body (L2) may not see session (L4)`,
    ],
    "an import beside that the table doesn't state": [
      "src/wire/frame.ts",
      `import { text } from "../schema/fields.ts";`,
      `src/wire/frame.ts:1: Cannot import "../schema/fields.ts": wire (L1) may not see schema (L1)`,
    ],
    "a ground that stands on something": [
      "src/errors.ts",
      `import { limits } from "./limits.ts";`,
      `src/errors.ts:1: Cannot import "./limits.ts": errors (ground) may not see limits (ground)`,
    ],
    "a gateway that knows the routes": [
      "src/gateway/app.ts",
      `import { topics } from "../../routes/topics.ts";`,
      `src/gateway/app.ts:1: Cannot import "../../routes/topics.ts": gateway (L7) may not see routes (routes)`,
    ],
    "a route with its hands on sockets": [
      "routes/topics.ts",
      `import type { Socket } from "../src/transport/socket.ts";`,
      `routes/topics.ts:1: Cannot import "../src/transport/socket.ts": routes (routes) may not see transport (L1)`,
    ],
    "an adapter chosen below the runtime": [
      "src/client/dial.ts",
      `import { connect } from "../transport/bun.ts";`,
      `src/client/dial.ts:1: Cannot import "../transport/bun.ts": an adapter is chosen in src/runtime only`,
    ],
    "a package in the wrong room": [
      "src/http/reply.ts",
      `import { Hono } from "hono/tiny";`,
      `src/http/reply.ts:1: Cannot import "hono/tiny": only src/gateway/, src/runtime/ may`,
    ],
    "a module of Node below its adapter": [
      "src/body/zlib.ts",
      `import zlib from "node:zlib";`,
      `src/body/zlib.ts:1: Cannot import "node:zlib": only src/transport/node, src/runtime/ may`,
    ],
    "a package that nobody has weighed": [
      "src/body/a.ts",
      `import pad from "left-pad";`,
      `src/body/a.ts:1: Cannot import "left-pad": it is neither in the house nor in the table of what comes from outside`,
    ],
    "a computed import": [
      "src/runtime/bun.ts",
      `await import("../" + name);`,
      "src/runtime/bun.ts:1: Cannot import a computed specifier: nobody can tell what it names",
    ],
    "an import from outside the house": [
      "src/runtime/bun.ts",
      `import { x } from "../../test/support/x.ts";`,
      `src/runtime/bun.ts:1: Cannot import "../../test/support/x.ts": it is neither in the house nor in the table of what comes from outside`,
    ],
    "a file without a room": ["src/helpers/a.ts", "", "src/helpers/a.ts: no layer has a room for it"],
    "a runtime that is told by typeof": [
      "src/runtime/start.ts",
      `const isBun = typeof Bun !== "undefined";`,
      "src/runtime/start.ts:1: Cannot ask for Bun: the entry file chooses its adapter",
    ],
    "a runtime that is told by a global": [
      "src/client/dial.ts",
      `const isDeno = "Deno" in globalThis;`,
      "src/client/dial.ts:1: Cannot ask for Deno: the entry file chooses its adapter",
    ],
    "a runtime's own function below the runtime": [
      "src/gateway/app.ts",
      "const port = process.env.PORT;",
      "src/gateway/app.ts:1: Cannot use process: only src/runtime and the adapters may",
    ],
  };

  test.each(Object.entries(one))("%s", (_, [path, text, found]) => {
    expect(verdict({ [path]: text })).toEqual([found]);
  });

  test("a circle inside a room", () => {
    const circle = { "src/wire/a.ts": `import "./b.ts";`, "src/wire/b.ts": `import type { A } from "./a.ts";` };
    expect(verdict(circle)).toEqual([
      "src/wire/a.ts: Cannot import in a circle: src/wire/a.ts -> src/wire/b.ts -> src/wire/a.ts",
    ]);
  });

  test("nothing in what the house allows", () => {
    const sound = {
      "src/errors.ts": "// import { x } from '../client/dial.ts'",
      "src/schema/fields.ts": `import type { ExtFields } from "../wire/remoting-command.ts";`,
      "src/wire/remoting-command.ts": `import { Fault } from "../errors.ts"; const process = (bun: string) => bun;`,
      "src/transport/node.ts": `import net from "node:net"; import { part } from "./node-part.ts";`,
      "src/transport/bun.ts": "export const connect = () => Bun.connect({}); type L = typeof Bun.listen;",
      "src/runtime/bun.ts": `import { connect } from "../transport/bun.ts"; import { t } from "../../routes/topics.ts";`,
      "src/runtime/version.ts": `import about from "../../package.json" with { type: "json" };`,
      "src/gateway/app.ts": `import { Hono } from "hono";`,
      "routes/topics.ts": `import { get } from "../src/http/route.ts";`,
    };
    expect(verdict(sound)).toEqual([]);
  });
});

describe("the drawing", () => {
  const table: Layer[] = [
    { name: "ground", rooms: [{ name: "errors", holds: "failures" }] },
    { name: "L0", rooms: [{ name: "bytes", holds: "bytes" }] },
    { name: "L1", rooms: [{ name: "wire", holds: "frames" }] },
    { name: "L2", rooms: [{ name: "client", holds: "calls" }] },
    { name: "L3", rooms: [{ name: "gateway", holds: "not built yet" }] },
  ];
  const files = [
    sourceFile("src/wire/a.ts", `import "../bytes/b.ts"; import "../errors.ts";`),
    sourceFile("src/client/a.ts", `import "../wire/a.ts"; import type { B } from "../bytes/b.ts";`),
    sourceFile("src/bytes/b.ts", ""),
    sourceFile("src/errors.ts", ""),
  ];
  const empty = withGraph(page, [], table);
  const drawn = withGraph(page, files, table);

  test("has an arrow for what is imported, unless it follows from others", () => {
    const arrows = drawn.split("\n").filter((line) => /^ +\w+ --> \w+$/.test(line));
    expect(arrows).toEqual(["  client --> wire", "  wire --> bytes"]);
  });

  test("has a row for each room that has a file", () => {
    expect(drawn).toContain("| L2 | `client` | calls | bytes, wire |\n| L1 | `wire` | frames | errors, bytes |");
    expect(drawn).toContain("| L0 | `bytes` | bytes | nothing |");
    expect(drawn).not.toContain("not built yet");
  });

  test("changes with the imports and leaves the page around it alone", () => {
    expect(drawn).not.toBe(empty);
    expect(withGraph(drawn, [], table)).toBe(empty);
    expect(() => withGraph("# A page without markers", files)).toThrow("Cannot draw the graph: no markers");
  });
});
