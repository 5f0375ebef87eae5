/** A request that was answered, as those hear of it who count and log. */
export interface Exchange {
  readonly method: string;
  /** The path as it was asked for, without the query; `/` where the URL is malformed. */
  readonly path: string;
  /** The path of the route as it is defined, `/topics/{topic}/route`; null where none has this path. */
  readonly route: string | null;
  readonly status: number;
  /** Until the response was ready to be sent. */
  readonly elapsedMillis: number;
  /** Length of the response's content. */
  readonly bytes: number;
}

/** What the way through the gateway notes of a request. */
export interface Notes {
  path: string;
  route: string | null;
  /** Length of the content, where the way there knew it: to read it off the response's headers costs as much as writing them. */
  bytes?: number;
}

/** Tells of a request once it is answered. */
export function exchangeOf(request: Request, response: Response, notes: Notes, elapsedMillis: number): Exchange {
  const { method } = request;
  const { status } = response;
  // HEAD tells the length of what it doesn't send.
  const bytes = method === "HEAD" ? 0 : (notes.bytes ?? Number(response.headers.get("content-length") ?? 0));
  return { method, path: notes.path, route: notes.route, status, elapsedMillis, bytes };
}
