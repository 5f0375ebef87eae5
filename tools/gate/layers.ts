/** A folder of `src` (or a single file there, or `routes`) with one subject. */
export interface Room {
  readonly name: string;
  /** What it holds, for the documentation. */
  readonly holds: string;
  /** Rooms of its own layer that it may import all the same. */
  readonly beside?: readonly string[];
  /** Rooms of lower layers that it may not import. */
  readonly never?: readonly string[];
}

export interface Layer {
  readonly name: string;
  readonly rooms: readonly Room[];
}

/**
 * The house from the ground up. A room imports the ground, the layers below its own, and nothing else; every exception
 * is written here. `test/architecture.test.ts` holds the code to it and `docs/architecture.md` is drawn from it.
 */
export const layers: readonly Layer[] = [
  {
    name: "ground",
    rooms: [
      { name: "errors", holds: "the one error type, and the table of its names with HTTP status and title" },
      { name: "limits", holds: "every bound, with its unit and its reason" },
      { name: "logger", holds: "structured log lines" },
      { name: "metrics", holds: "counters, gauges and histograms" },
    ],
  },
  {
    name: "L0",
    rooms: [
      { name: "bytes", holds: "reader, writer, UTF-8, CRC-32; the one place that imports @std/bytes" },
      { name: "json", holds: "exact 64-bit JSON: fastjson's dialect in, strict JSON out" },
    ],
  },
  {
    name: "L1",
    rooms: [
      { name: "wire", holds: "frames, RemotingCommand, both header layouts, languages, versions, response codes" },
      { name: "schema", holds: "field types that know their wire text and are JSON Schema", beside: ["wire"] },
      { name: "transport", holds: "the socket interface and one adapter for each runtime" },
    ],
  },
  { name: "L2", rooms: [{ name: "body", holds: "codecs for the bodies of commands" }] },
  { name: "L3", rooms: [{ name: "commands", holds: "one file for each request code, data only" }] },
  {
    name: "L4",
    rooms: [{ name: "session", holds: "one socket, both directions: pending requests, handlers, deadlines" }],
  },
  { name: "L5", rooms: [{ name: "client", holds: "call a command at an address: pool, versions, hooks" }] },
  {
    name: "L6",
    rooms: [
      { name: "discovery", holds: "name-server failover and fan-out, routes, broker by name, address map" },
      { name: "registrations", holds: "held broker registrations", beside: ["discovery"] },
      { name: "sessions", holds: "held client sessions" },
      {
        name: "messages",
        holds: "reading without a group: pulls, pages by time, streams",
        beside: ["discovery", "sessions"],
      },
      {
        name: "sending",
        holds: "sending messages: what one is made of, which queue, what is tried again",
        beside: ["discovery"],
      },
      { name: "nameserver", holds: "the embedded name server of development and tests" },
      {
        name: "http",
        holds: "the route form, the problem table, views by Accept",
        beside: ["discovery", "registrations", "sessions", "messages", "sending"],
      },
    ],
  },
  {
    name: "routes",
    rooms: [
      {
        name: "routes",
        holds: "the HTTP side, one file for each resource: data and small handlers",
        never: ["bytes", "transport", "session", "nameserver"],
      },
    ],
  },
  {
    name: "L7",
    rooms: [{ name: "gateway", holds: "mounts the routes that it is given on Hono", never: ["routes"] }],
  },
  { name: "L8", rooms: [{ name: "runtime", holds: "settings, composition, one entry file for each runtime" }] },
];

/** What comes from outside the house, by the beginning of its specifier or path, and the files that may import it. */
export const outside: readonly { readonly specifier: string; readonly in: readonly string[] }[] = [
  { specifier: "@std/bytes", in: ["src/bytes/"] },
  { specifier: "fflate", in: ["src/body/"] },
  { specifier: "typebox", in: ["src/schema/", "src/body/", "src/http/", "src/gateway/", "src/runtime/"] },
  { specifier: "hono", in: ["src/gateway/", "src/runtime/"] },
  { specifier: "@hono/node-server", in: ["src/runtime/"] },
  { specifier: "node:", in: ["src/transport/node", "src/runtime/"] },
  // For the version, which has one home.
  { specifier: "package.json", in: ["src/runtime/"] },
  // The page at /docs, whose files are sent as they are.
  { specifier: "swagger-ui-dist", in: ["src/http/openapi/"] },
  { specifier: "cloudflare:", in: ["src/transport/workerd", "src/runtime/"] },
];

/** Each runtime's transport: `src/transport/NAME.ts`, and `NAME-part.ts` for its parts. */
export const adapters = ["bun", "deno", "node", "workerd"] as const;
