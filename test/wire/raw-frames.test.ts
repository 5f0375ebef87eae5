import { describe, expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { limits } from "../../src/limits.ts";
import { decodeFrame, type Frame } from "../../src/wire/frame.ts";
import { frameCutter } from "../../src/wire/frame-cutter.ts";
import { isOneway } from "../../src/wire/remoting-command.ts";
import { fromHex } from "../../tools/golden/bytes.ts";
import { samplesIn } from "../golden/samples.ts";

interface Probe {
  readonly version: string;
  readonly test: string;
  readonly sentHex: string;
  readonly result: string | { readonly headerText: string };
  readonly connectionUsableAfter: boolean | null;
}
type Outcome = "decoded" | "undecodable" | "incomplete";

const USED = " (on a connection that already served one request)";
const probes = ((await samplesIn("raw-frame-probes.json")) as unknown as Probe[]).filter(({ sentHex }) => sentHex);

function outcomeHere({ version, sentHex }: Probe): { outcome: Outcome; frames: Frame[] } {
  const cutter = frameCutter(version.startsWith("3.2.6") ? limits.maxFrameBytesV3 : limits.maxFrameBytes);
  try {
    const frames = Array.from(cutter.push(fromHex(sentHex)), decodeFrame);
    return { outcome: cutter.buffered > 0 ? "incomplete" : "decoded", frames };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    expect(error.fault).toBe("undecodable");
    return { outcome: "undecodable", frames: [] };
  }
}

/** What the server's behaviour says of the frame; silence on a connection that stays usable is a frame that was read. */
function outcomeThere({ result, connectionUsableAfter }: Probe): Outcome {
  if (result === "CLOSED") return "undecodable";
  return typeof result === "object" || connectionUsableAfter === true ? "decoded" : "incomplete";
}

const held = "5.5.0 holds the first bytes of a new connection until there are 12: see the same on a used one";
const tooLarge =
  "5.5.0 holds so few bytes of a new connection; 3.2.6 closes it, as a broker of 5.5.0 closes a used one";
const unknownTo326 = "3.2.6 knows fewer languages and no ROCKETMQ header; we read what any generation reads";

/** Where we differ from the server, by version and probe, with the reason. */
const differences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "5.5.0": {
    "language=99": "an ordinal without a name is kept as its digits, as a byte without a name is",
    "empty header": held,
    "header is JSON array": held,
    "frame length 0": held,
    "frame length -1": held,
    "frame length 16777217 announced": tooLarge,
  },
  "3.2.6": {
    "language='NODE_JS'": unknownTo326,
    "language='GO'": unknownTo326,
    "language='TYPESCRIPT'": unknownTo326,
    "language=13": unknownTo326,
    "ROCKETMQ header": unknownTo326,
    "ROCKETMQ header, ext topic": unknownTo326,
    "ROCKETMQ header, empty ext value": unknownTo326,
    "ROCKETMQ header, language byte 99": unknownTo326,
    "ROCKETMQ header, language byte 13 (NODE_JS)": unknownTo326,
    "UTF-8 BOM before header": "3.2.6 skips it; 5.5.0 closes the connection, and so do we",
  },
  "3.2.6 broker": {
    [`ROCKETMQ header to broker, code 28${USED}`]: unknownTo326,
    [`language NODE_JS${USED}`]: unknownTo326,
    [`one-way code 34${USED}`]: "the server was silent and stayed open, which tells nothing of the frame",
  },
};

describe("odd frames are taken as the real servers take them", () => {
  for (const probe of probes) {
    const { version, test: name, result } = probe;
    const reason = differences[version]?.[name];

    test(`${version}: ${name}${reason === undefined ? "" : `, but: ${reason}`}`, () => {
      const { outcome, frames } = outcomeHere(probe);
      if (reason === undefined) expect(outcome).toBe(outcomeThere(probe));
      else expect(outcome).not.toBe(outcomeThere(probe));
      // A server picks an opaque of its own where there was none.
      const [first] = frames;
      if (first && typeof result === "object" && name !== "field opaque absent") {
        expect(first.command.opaque).toBe(JSON.parse(result.headerText).opaque);
      }
      if (name.startsWith("one-way")) expect(frames.every(({ command }) => isOneway(command))).toBe(true);
    });
  }

  test("every difference is one of a probe", () => {
    const probed = new Set(probes.map(({ version, test: name }) => `${version}: ${name}`));
    const listed = Object.entries(differences).flatMap(([version, tests]) =>
      Object.keys(tests).map((name) => `${version}: ${name}`),
    );
    expect(listed.filter((name) => !probed.has(name))).toEqual([]);
  });
});
