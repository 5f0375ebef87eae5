import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { resolve } from "node:path";
import { type GatewayProcess, startGatewayProcess } from "./support/gateway-process.ts";

const readme = await Bun.file(resolve(import.meta.dir, "../README.md")).text();
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] as string);
const curls = blocks.filter((block) => block.startsWith("curl"));

/** What each curl block of the README has to answer, in its order. */
const answers: readonly (readonly [status: number, text: RegExp])[] = [
  [201, /"held":true.*"masterAddr":null,"haServerAddr":null,"kvTable":null,"results":\[\{/],
  [200, /^\{"data":\[\{"id":"c1~b1~0".*"connected":true/],
  [200, /"staleTopics":\[\]/],
  [200, /"queueDatas":\[\{"brokerName":"b1","readQueueNums":4,"writeQueueNums":4,"perm":6/],
  [200, /"clusterName":"c1"/],
  [200, /"brokerAddrs":\{"0":"10\.0\.0\.7:10911"\}/],
  [200, /"value":"blue"/],
  [200, /^blue$/],
  [200, /^\{"table":\{"colour":"blue"\}\}/],
  [200, /"results":\[/],
  [200, /"id":"c1~b1~0"/],
];

describe("the curl blocks of the README", () => {
  let gateway: GatewayProcess;
  beforeAll(async () => {
    gateway = await startGatewayProcess();
  });
  afterAll(() => gateway.kill9());

  test("are all known here", () => expect(curls).toHaveLength(answers.length));

  for (const [index, block] of curls.entries()) {
    test(block.split("\n", 1)[0] as string, async () => {
      const command = block.replace("localhost:8080", gateway.url.slice("http://".length));
      const run = Bun.spawn(["sh", "-c", `${command.trimEnd()} -s -w '\\n%{http_code}'`], { stdout: "pipe" });
      const output = await new Response(run.stdout).text();
      const [status, text] = answers[index] as (typeof answers)[number];
      expect(output).toEndWith(`\n${status}`);
      expect(output.slice(0, output.lastIndexOf("\n")).trimEnd()).toMatch(text);
    });
  }
});
