import { Int32, type Static, Type } from "../schema/types.ts";
import { CommandJson } from "./command-json.ts";

const Quorum = Type.Union([Type.Literal("all"), Type.Literal("majority"), Type.Literal("any")], {
  description: "how many servers must take it: with a quorum the answer is 200 or 502, never 207",
});
export type Quorum = Static<typeof Quorum>;

/** How a write is to be carried out, which every write understands. */
export const mannerQuery = {
  dryRun: Type.Optional(Type.Boolean({ description: "show what would be sent, byte for byte, and send nothing" })),
  oneway: Type.Optional(Type.Boolean({ description: "send and don't wait for answers: 202" })),
  quorum: Type.Optional(Quorum),
};

export const Annotation = Type.Object(
  {
    offset: Int32("bytes from the start of the frame"),
    length: Int32("bytes"),
    field: Type.String(),
    hex: Type.String(),
    value: Type.Optional(Type.Union([Type.Number(), Type.String()])),
  },
  { title: "FrameField", description: "One field of a frame" },
);

/** What a dry run answers: every request that would be sent. */
export const DryRun = Type.Object(
  {
    dryRun: Type.Literal(true),
    requests: Type.Array(
      Type.Object({
        target: Type.String({ description: "host:port of the server" }),
        command: CommandJson,
        hex: Type.String({ description: "the frame, byte for byte" }),
        frame: Type.Array(Annotation, { description: "the same, field by field" }),
        versionKnown: Type.Boolean({
          description: "false where the server has not told its version yet, by which the form is chosen",
        }),
      }),
    ),
  },
  { title: "DryRun", description: "What would be sent" },
);

/** How a write is to be carried out. */
export interface Manner {
  readonly dryRun: boolean;
  readonly oneway: boolean;
  readonly quorum: Quorum | null;
}

/** The manner that a checked query states. */
export function mannerOf(query: Readonly<Record<string, unknown>>): Manner {
  const { dryRun = false, oneway = false, quorum = null } = query as Partial<Manner>;
  return { dryRun, oneway, quorum };
}

/** Whether so many of all are enough. */
export function isQuorum(quorum: Quorum, ok: number, all: number): boolean {
  if (quorum === "all") return ok === all;
  return quorum === "majority" ? ok * 2 > all : ok > 0;
}
