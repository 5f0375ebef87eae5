import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestGateway, type TestGateway } from "../support/gateway.ts";

let upstream: TestGateway;
let server: ReturnType<typeof Bun.serve>;

beforeAll(async () => {
  upstream = await startTestGateway({ access: { tokens: new Map(), loopbackOnly: true } });
  server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: upstream.gateway.fetch });
});

afterAll(async () => {
  await server.stop(true);
  await upstream.close();
});

/** What a real server answers to these very bytes. */
async function answerTo(text: string): Promise<{ status: number; body: string }> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let answer = "";
  await Bun.connect({
    hostname: "127.0.0.1",
    port: server.port as number,
    socket: {
      open: (socket) => void socket.write(text),
      data: (_, bytes) => {
        answer += bytes.toString();
      },
      close: () => resolve(),
    },
  });
  await promise;
  return { status: Number(answer.split(" ", 2)[1]), body: answer.split("\r\n\r\n", 2)[1] ?? "" };
}

describe("over HTTP the Host header", () => {
  test.each([
    ["localhost", 200],
    ["rebound.example", 421],
    ["a b", 400],
    ["", 400],
    ["localhost:99999", 400],
    ["[::1", 400],
    ["localhost/../x", 400],
    ["rebound.example@localhost", 400],
    ["localhost#", 400],
    ["127.0.0.1:80:80", 400],
    ["%zz", 400],
  ])("%j is %d", async (host, status) => {
    for (const path of ["/version", "/:zzz/version", "/%0A"]) {
      const answer = await answerTo(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      const expected = status === 200 && path !== "/version" ? 404 : status;
      expect({ path, status: answer.status }).toEqual({ path, status: expected });
      if (expected !== 200) expect(JSON.parse(answer.body)).toMatchObject({ status: expected });
    }
  });

  test("of a write is looked at before the body", async () => {
    const body = "x".repeat(10);
    const head = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close`;
    const answer = await answerTo(`PUT /kv/n/k HTTP/1.1\r\nHost: a b\r\n${head}\r\n\r\n${body}`);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).detail).toBe("Cannot answer: the Host header or the path is malformed");
  });
});
