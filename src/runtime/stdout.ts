/** How long a pipe that is full is left alone. */
const FULL_PIPE_MILLIS = 20;
const encoder = new TextEncoder();

/** A stream as a runtime has it. */
export interface Output {
  /** Writes some of these bytes and resolves with how many; must not wait in the event loop for a reader. */
  write(bytes: Uint8Array): Promise<number>;
  /** Whether it failed because there is no room just now. */
  isFull(error: unknown): boolean;
}

/** Writes texts as a whole to a stream that may take them piece by piece. Never rejects. */
export function writerTo({ write, isFull }: Output): (text: string) => Promise<void> {
  async function some(bytes: Uint8Array): Promise<number> {
    try {
      return await write(bytes);
    } catch (error) {
      // Else nobody reads any more, so that nobody misses it either.
      if (!isFull(error)) return bytes.length;
      await new Promise((resolve) => setTimeout(resolve, FULL_PIPE_MILLIS));
      return 0;
    }
  }

  return async (text) => {
    let rest = encoder.encode(text);
    while (rest.length > 0) rest = rest.subarray(await some(rest));
  };
}
