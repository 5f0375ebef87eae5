/** What a gateway answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies whose shape is what they check.
  readonly body: any;
}

/** Asks a gateway; a body that isn't a text goes as JSON. */
export async function http(
  url: string,
  path: string,
  init: Omit<RequestInit, "body"> & { body?: unknown } = {},
): Promise<HttpAnswer> {
  const { body: given, ...rest } = init;
  const isJson = given !== undefined && typeof given !== "string";
  const body = isJson ? JSON.stringify(given) : (given as string | undefined);
  const headers = new Headers(rest.headers);
  if (given !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
  const response = await fetch(new URL(path, url), { ...rest, headers, ...(body !== undefined && { body }) });
  const text = await response.text();
  const parsed = /json/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, body: parsed };
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
