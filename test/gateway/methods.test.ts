import { describe, expect, test } from "bun:test";
import { routes } from "../../routes/index.ts";
import { isStreamed } from "../../src/http/route.ts";
import { furnished, operationOf } from "../routes/furnished.ts";
import { broker } from "../support/http.ts";
import { startRig } from "./support/rig.ts";

const methods = ["GET", "PUT", "POST", "PATCH", "DELETE", "PROPFIND"];
const byPath = Map.groupBy(routes, ({ path }) => path);
const filled = (path: string) => path.replaceAll(/\{\w+\}/g, "x");

describe.each([...byPath])("%s", (path, mounted) => {
  const taken = mounted.map(({ method }) => method as string);
  const allow = ["OPTIONS", ...taken, ...(taken.includes("GET") ? ["HEAD"] : [])].sort();

  test(`takes ${taken.join(", ")} and nothing else`, async () => {
    await using rig = await startRig({ upstreams: ["down"] });
    for (const method of methods.filter((each) => !taken.includes(each))) {
      const { status, headers, body } = await rig.ask(`${method} ${filled(path)}`);
      expect({ method, status, type: body.type }).toEqual({
        method,
        status: 405,
        type: "/problems/method-not-allowed",
      });
      expect(headers.get("allow")?.split(", ").sort()).toEqual(allow);
    }
    for (const method of taken) expect((await rig.ask(`${method} ${filled(path)}`)).status).not.toBe(405);
    const options = await rig.ask(`OPTIONS ${filled(path)}`);
    expect(options.status).toBe(204);
    expect(options.headers.get("allow")?.split(", ").sort()).toEqual(allow);
    expect((await rig.ask(`HEAD ${filled(path)}`)).status === 405).toBe(!taken.includes("GET"));
  });
});

describe("HEAD", () => {
  test("tells what GET does, without the content", async () => {
    await using rig = await furnished();
    // A GET of those that go on has no end, and some are never answered.
    const reads = routes.filter((route) => route.method === "GET" && !isStreamed(route) && 200 in route.answers);
    for (const route of reads) {
      const { path } = route;
      const [operation] = operationOf(route);
      const [get, head] = [await rig.ask(operation), await rig.ask(operation.replace("GET", "HEAD"))];
      expect({ path, status: get.status }).toEqual({ path, status: 200 });
      // How long the name servers took, and what was counted, differs from one look to the next.
      const isTimed = path.startsWith("/name-servers") || path === "/metrics";
      const names = [...get.headers.keys()].filter((name) => !isTimed || !["etag", "content-length"].includes(name));
      const shown = (headers: Headers) => names.map((name) => [name, headers.get(name)]);
      expect({ path, status: head.status, headers: shown(head.headers) }).toEqual({
        path,
        status: 200,
        headers: shown(get.headers),
      });
    }
    const missing = await rig.ask("HEAD /kv/n/none");
    expect({ status: missing.status, text: missing.text }).toEqual({ status: 404, text: "" });
    const { text } = await rig.ask("GET /kv/n/none");
    expect(missing.headers.get("content-length")).toBe(String(Buffer.byteLength(text)));
  });
});

describe("a path that is none", () => {
  test.each([
    "/nowhere",
    "/brokers/",
    "/kv",
    "/kv/",
    "/kv/n/",
    "/kv//k",
    "/kv/n/k/more",
    "//brokers",
    "/Brokers",
    "/%2F",
  ])("%s is 404", async (path) => {
    await using rig = await startRig({ upstreams: [{}] });
    for (const method of ["GET", "HEAD", "POST", "OPTIONS"]) {
      const request = new Request(`http://localhost${path}`, { method });
      expect((await rig.ask(request)).status).toBe(404);
    }
    expect(rig.scripted[0]?.journal).toEqual([]);
  });
});

describe("a literal wins over a name", () => {
  test.each([
    ["GET /brokers/register", 405],
    ["GET /brokers/%72egister", 405],
    ["GET /brokers/unregister", 405],
    ["GET /brokers/data-version", 405],
    ["PUT /brokers/registrations", 405],
    ["POST /brokers/other", 405],
  ])("%s is %d", async (operation, status) => {
    await using rig = await startRig();
    expect((await rig.ask(operation)).status).toBe(status);
  });

  test("also over brokers that are called so", async () => {
    await using rig = await startRig();
    for (const brokerName of ["register", "registrations", "other"]) {
      await rig.ask("POST /brokers/register", { body: broker({ brokerName }) });
    }
    expect((await rig.ask("GET /brokers/registrations")).body.data).toHaveLength(3);
    expect((await rig.ask("GET /brokers/register")).status).toBe(405);
    expect((await rig.ask("GET /brokers/other")).body).toMatchObject({ brokerName: "other" });
    expect((await rig.ask("GET /brokers/registrations/c1~registrations~0")).body.brokerName).toBe("registrations");
  });
});
