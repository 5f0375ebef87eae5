import { expect, test } from "bun:test";
import fc from "fast-check";
import { deflate } from "../../src/body/zlib.ts";
import { utf8 } from "../../src/bytes/utf8.ts";
import { handlers } from "../../src/nameserver/handlers.ts";
import { ask, startEmbedded } from "./support.ts";

const names = ["namespace", "key", "value", "topic", "cluster", "clusterName", "brokerName", "brokerAddr", "brokerId"];
const flags = ["compressed", "bodyCrc32", "enableActingMaster", "heartbeatTimeoutMillis", "acceptStandardJsonOnly"];
const value = fc.oneof(fc.constantFrom("b", "c", "0", "true", "-1", "1e9", "9223372036854775808", ""), fc.string());

const members = [
  "topicConfigSerializeWrapper",
  "topicConfigTable",
  "dataVersion",
  "counter",
  "queueDatas",
  "topicName",
];
const { json } = fc.letrec((tie) => ({
  json: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), fc.dictionary(fc.constantFrom(...members), tie("json"))),
}));
const jsonBytes = json.map((content) => utf8(JSON.stringify(content)));
const body = fc.oneof(fc.constant(null), fc.uint8Array({ maxLength: 64 }), jsonBytes, jsonBytes.map(deflate));

const question = fc.record({
  code: fc.oneof(fc.constantFrom(...handlers.map(({ code }) => code)), fc.integer({ min: 0, max: 32_767 })),
  version: fc.constantFrom(0, 36, 78, 213, 407, 413, 513, 9_999),
  extFields: fc.dictionary(fc.constantFrom(...names, ...flags), value),
  body,
});

test("whatever is asked, there is an answer, and the connection stays", async () => {
  await using embedded = await startEmbedded();
  const session = await embedded.connect();
  await fc.assert(
    fc.asyncProperty(question, async ({ code, ...rest }) => {
      const answer = await ask(session, code, rest);
      expect([0, 1, 3, 16, 17, 22]).toContain(answer.code);
      // Our own remarks say what could not be done; what JavaScript says of an unforeseen value never comes through.
      if (answer.code === 1) expect(answer.remark).toMatch(/^(Cannot serve \w+: Cannot |crc32|namespace|disable)/);
      expect(session.isOpen).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
