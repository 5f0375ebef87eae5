/** Serves as the gateway's entry file for Bun does, and says where in its words. */
export function serve(fetch: (request: Request) => Response | Promise<Response>): void {
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    maxRequestBodySize: Number.MAX_SAFE_INTEGER,
    idleTimeout: 120,
    development: false,
    fetch,
  });
  console.log(`listening on http://127.0.0.1:${server.port}`);
}
