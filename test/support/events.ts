/** One event of a stream, as a browser reads it. */
export interface StreamedEvent {
  readonly event: string;
  readonly id: string;
  /** What it says. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events whose shape is what they check.
  readonly data: any;
}

/** A stream of events that is being read. */
export interface Listener {
  readonly status: number;
  /** The next event of this name, undefined at the end; others before it are passed over, comments too. */
  next(event?: string): Promise<StreamedEvent | undefined>;
  /** Comments so far. */
  readonly comments: number;
  /** Goes away, as a browser does that leaves the page. */
  close(): Promise<void>;
}

/** Reads a response as a stream of events. */
export function listen(response: Response): Listener {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  let comments = 0;

  async function block(): Promise<string | undefined> {
    for (;;) {
      const end = waiting.indexOf("\n\n");
      if (end >= 0) {
        const text = waiting.slice(0, end);
        waiting = waiting.slice(end + 2);
        return text;
      }
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) return undefined;
      waiting += value;
    }
  }

  return {
    status: response.status,
    async next(name) {
      for (;;) {
        const text = await block();
        if (text === undefined) return undefined;
        const fields = Object.fromEntries(text.split("\n").map((line) => line.split(/: ?(.*)/s, 2)));
        if (fields.data === undefined) comments++;
        else if (name === undefined || fields.event === name) {
          return { event: fields.event, id: fields.id, data: JSON.parse(fields.data) };
        }
      }
    },
    get comments() {
      return comments;
    },
    close: async () => reader?.cancel(),
  };
}
