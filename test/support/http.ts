/** What a gateway answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies whose shape is what they check.
  readonly body: any;
}

/** A request; a body that isn't a text goes as JSON. */
export type HttpInit = Omit<RequestInit, "body"> & { readonly body?: unknown };

export function requestOf(url: string, path: string, { body: given, ...rest }: HttpInit = {}): Request {
  const isJson = given !== undefined && typeof given !== "string" && !(given instanceof Uint8Array);
  const body = isJson ? JSON.stringify(given) : (given as string | undefined);
  const headers = new Headers(rest.headers);
  if (given !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
  return new Request(new URL(path, url), { ...rest, headers, ...(body !== undefined && { body }) });
}

export async function answerOf(response: Response): Promise<HttpAnswer> {
  const text = await response.text();
  const isJson = /[/+]json/.test(response.headers.get("content-type") ?? "") && text !== "";
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
}

/** Asks a gateway over HTTP. */
export async function http(url: string, path: string, init?: HttpInit): Promise<HttpAnswer> {
  return answerOf(await fetch(requestOf(url, path, init)));
}

/** The registration that examples and tests make. */
export function broker(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    clusterName: "c1",
    brokerName: "b1",
    brokerAddr: "10.0.0.7:10911",
    brokerId: 0,
    haServerAddr: "10.0.0.7:10912",
    ...overrides,
  };
}
