import { Fault } from "../errors.ts";

/** Answers that go on until their caller has enough. */
export interface Streams {
  /** The stream as it goes out. Throws `unavailable` where too many are open, or the gateway is stopping. */
  keep(stream: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly open: number;
  /** Ends all that are open in order, and refuses further ones. */
  end(): void;
}

/** `onError` hears of a stream that breaks off: its caller only sees that it ends. */
export function createStreams(maxStreams: number, onError: (error: unknown) => void): Streams {
  const open = new Set<ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>>();
  let isEnding = false;

  function refuse(stream: ReadableStream, reason: string): never {
    stream.cancel().catch(onError);
    throw new Fault("unavailable", `Cannot open a stream: ${reason}`);
  }

  return {
    keep(stream) {
      if (isEnding) return refuse(stream, "the gateway is stopping");
      if (open.size >= maxStreams) return refuse(stream, `${maxStreams} are open already`);
      const reader = stream.getReader();
      open.add(reader);
      return passedOn(reader, () => open.delete(reader), onError);
    },
    get open() {
      return open.size;
    },
    end() {
      isEnding = true;
      // What waits to be read is told that nothing more comes.
      for (const reader of open) reader.cancel().catch(onError);
    },
  };
}

type Chunk = Uint8Array<ArrayBuffer>;

/** What the reader reads, chunk by chunk as there is room for it. `onEnd` is called once, however it ends. */
function passedOn(
  reader: ReadableStreamDefaultReader<Chunk>,
  onEnd: () => void,
  onError: (error: unknown) => void,
): ReadableStream<Chunk> {
  let isOver = false;
  const end = () => {
    isOver = true;
    onEnd();
  };
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          // The caller may have gone meanwhile; a stream that it cancelled can't be closed.
          if (isOver) return;
          if (!done) return controller.enqueue(value);
          end();
          controller.close();
        } catch (error) {
          end();
          onError(error);
          controller.error(error);
        }
      },
      cancel(reason) {
        end();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
