import type { SerializeType } from "../../src/wire/frame.ts";
import type { ExtFields, RemotingCommand } from "../../src/wire/remoting-command.ts";
import type { Generation } from "../../src/wire/versions.ts";
import { fromHex } from "../../tools/golden/bytes.ts";
import { samplesIn } from "../golden/samples.ts";

type Header = Omit<RemotingCommand, "body" | "extFields">;
interface Sample {
  readonly id: string;
  readonly kind: string;
  readonly version: Generation;
  readonly serializeType: SerializeType;
  readonly hex: string;
  readonly headerText?: string;
  readonly bodyText?: string;
  readonly bodyHex?: string | null;
  readonly command: Header & { readonly extFields: ExtFields | null };
  readonly decodedByJava: Header & {
    readonly extFields: Readonly<Record<string, string | null>> | null;
    readonly bodyIsNull: boolean;
  };
}

/** A frame that a RemotingCommand of this generation wrote. */
export interface GoldenFrame extends Sample {
  /** The whole frame, length field included. */
  readonly bytes: Uint8Array;
  readonly body: Uint8Array | null;
}

const samples = (await samplesIn("frames.json")) as unknown as readonly Sample[];

/** What is in frames.json besides frames. */
export const otherSamples = samples.filter(({ kind }) => kind !== "frame");

export const goldenFrames: readonly GoldenFrame[] = samples
  .filter(({ kind }) => kind === "frame")
  .map((sample) => ({ ...sample, bytes: fromHex(sample.hex), body: bodyOf(sample) }));

function bodyOf({ bodyText, bodyHex }: Sample): Uint8Array | null {
  const bytes = bodyText === undefined ? fromHex(bodyHex ?? "") : new TextEncoder().encode(bodyText);
  return bytes.length === 0 ? null : bytes;
}

/** The golden frame with this id. */
export function goldenFrame(id: string): GoldenFrame {
  const frame = goldenFrames.find((sample) => sample.id === id);
  if (frame === undefined) throw new Error(`Cannot find a golden frame: ${id}`);
  return frame;
}
