import { describe, expect, test } from "bun:test";
import { docs } from "../../routes/docs.ts";
import { docsFile } from "../../src/http/openapi/docs/files.ts";
import { stringifyJson } from "../../src/json/strict.ts";
import type { JsonValue } from "../../src/json/value.ts";
import { ownGateway } from "../gateway/support/own.ts";
import { openapi } from "./support.ts";

/** What the script of the page gives away for tests. */
interface Script {
  // biome-ignore lint/suspicious/noExplicitAny: the document, as the script has changed it.
  readable(openapi: object, origin: string, hasToken: boolean): any;
  inLines(text: string): string;
}

const text = async (name: Parameters<typeof docsFile>[0]) => new TextDecoder().decode(await docsFile(name));
const page = await text("page");
const source = await text("script");
const script: Script = await import(`data:text/javascript;base64,${Buffer.from(source).toString("base64")}`);
const readable = script.readable(
  JSON.parse(stringifyJson(openapi as unknown as JsonValue)),
  "http://gateway:8080",
  true,
);

describe("/docs", () => {
  const ask = ownGateway(docs, { access: { tokens: new Map([["secret", "read"]]), loopbackOnly: false } });

  test.each(docs.map(({ path, media }) => [path, media ?? ""]))(
    "%s is served as %s to everyone",
    async (path, media) => {
      const { status, headers, text } = await ask(`GET ${path}`);
      expect({ status, type: headers.get("content-type") }).toEqual({ status: 200, type: `${media}; charset=utf-8` });
      expect(text.length).toBeGreaterThan(500);
    },
  );

  test("is read by a browser, and by nothing that wants JSON", async () => {
    const accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    expect((await ask("GET /docs", { headers: { accept } })).status).toBe(200);
    expect((await ask("GET /docs", { headers: { accept: "application/json" } })).status).toBe(406);
  });

  test("lets a page load what comes from here, and nothing else", async () => {
    const policy = (await ask("GET /docs")).headers.get("content-security-policy");
    expect(policy?.split("; ")).toEqual([
      "default-src 'self'",
      "img-src 'self' data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    // An inline script or style would not be run.
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  });

  test("loads files that are served", () => {
    const loaded = [...page.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, target]) => String(target));
    const served = [...docs.map(({ path }) => path.slice(1)), "openapi.json", "data:,"];
    expect(loaded.length).toBeGreaterThan(4);
    for (const target of loaded) expect(served).toContain(target);
  });
});

describe("the script of the page", () => {
  test("has a command line for every operation, which a shell takes as it is", async () => {
    const operations = Object.values<Record<string, { description: string }>>(readable.paths).flatMap(Object.values);
    expect(operations.length).toBeGreaterThan(20);
    const lines = operations.map(({ description }) => /```sh\n(.*)\n```/s.exec(description)?.[1] ?? "");
    for (const line of lines) expect(line).toStartWith("curl ");
    const printed = Bun.spawnSync([
      "sh",
      "-ec",
      `curl() { printf '%s\\n' "$@"; echo; }; ${lines.join("\n")}`,
    ]).stdout.toString();
    const urls = printed.split("\n").filter((each) => each.startsWith("http://gateway:8080/"));
    expect(urls.length).toBe(lines.length);
    expect(printed).toContain("-X\nPOST\nhttp://gateway:8080/brokers/register\n-H\nauthorization: Bearer \n-H\n");
    expect(printed).toContain('-d\n{"clusterName":"c1","brokerName":"b1","brokerId":0,');
  });

  test("keeps a quote in an example from ending the command line", () => {
    const content = { "application/json": { example: { value: "it's" } } };
    const operation = {
      parameters: [],
      responses: {},
      security: [{ bearer: ["admin"] }],
      "x-rocketmq-commands": [],
      "x-rocketmq-emulates": [],
      "x-rocketmq-hears": [],
      requestBody: { content },
    };
    const { paths } = script.readable({ paths: { "/a": { put: operation } } }, "http://gateway", false);
    const line = /```sh\n(.*)\n```/s.exec(paths["/a"].put.description)?.[1] ?? "";
    const { stdout } = Bun.spawnSync(["sh", "-ec", `curl() { printf '%s\\n' "$@"; }; ${line}`]);
    expect(stdout.toString()).toEndWith(`-d\n{"value":"it's"}\n`);
  });

  test("says what an operation sends, and what its problems mean", () => {
    const route = readable.paths["/topics/{topic}/route"].get;
    expect(route.description).toStartWith("Sends `GET_ROUTEINFO_BY_TOPIC` (105).\n\n");
    expect(route.responses[404]).toEqual({ description: expect.stringContaining("`topic-not-exist`") });
  });

  test("leaves out bounds that no number of the page holds", () => {
    const { minimum, maximum } = readable.components.schemas.DataVersion.properties.counter;
    expect([minimum, maximum]).toEqual([undefined, undefined]);
    const { properties } = readable.paths["/brokers/register"].post.requestBody.content["application/json"].schema;
    expect(properties.brokerId).toMatchObject({ format: "int64", minimum: 0 });
    expect(properties.brokerPermission).toMatchObject({ minimum: 0, maximum: 15 });
  });

  test("shows answers with every digit", () => {
    const shown = '{\n  "a": [\n    9223372036854775807,\n    1.50\n  ],\n  "b": "1"\n}';
    expect(script.inLines('{"a":[9223372036854775807,1.50],"b":"1"}\n')).toBe(shown);
    expect(script.inLines("not JSON")).toBe("not JSON");
  });
});
