import { V3_2_6, V4_0_0, V5_5_0 } from "./versions.ts";

/** What the gateway says of itself in the header of a request. */
export interface Identity {
  readonly language: string;
  readonly version: number;
}

/** Known to every generation (3.2.6 closes the connection on a name that it doesn't know), and true. */
const LANGUAGE = "HTTP";

/**
 * How to introduce oneself to a server, by the version in its own replies.
 *
 * 3.x fails a registration whose version its table doesn't hold (139 is the last one), so it hears its own number, and
 * so does a server that has not said anything yet. Newer servers hear their own version, at most the newest one proved:
 * they choose the reply's dialect and the layout of a compressed registration by it.
 */
export function identityFor(serverVersion: number | undefined): Identity {
  if (serverVersion === undefined || serverVersion < V4_0_0) return { language: LANGUAGE, version: V3_2_6 };
  return { language: LANGUAGE, version: Math.min(serverVersion, V5_5_0) };
}
