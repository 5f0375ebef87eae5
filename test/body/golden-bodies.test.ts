import { describe, expect, test } from "bun:test";
import { BrokerData, clusterInfo } from "../../src/body/cluster-info.ts";
import type { BodyCodec } from "../../src/body/codec.ts";
import { jsonBody } from "../../src/body/json.ts";
import { kvTable } from "../../src/body/kv-table.ts";
import { memberGroup } from "../../src/body/member-group.ts";
import { registerBrokerBody } from "../../src/body/register-broker.ts";
import { dataVersion, TopicConfig, TopicConfigSerializeWrapper } from "../../src/body/topic-config.ts";
import { topicList } from "../../src/body/topic-list.ts";
import { QueueData, topicRouteData } from "../../src/body/topic-route.ts";
import type { JsonValue } from "../../src/json/value.ts";
import { contextOf, decoded, encoded, goldenBody, meaningOf, quoteKeys } from "./golden.ts";

/** Every codec by the Java class of its body; some of those travel only inside others. */
const codecs: Readonly<Record<string, BodyCodec<unknown>>> = {
  BrokerData: jsonBody(BrokerData),
  ClusterInfo: clusterInfo,
  DataVersion: dataVersion,
  GetBrokerMemberGroupResponseBody: memberGroup,
  KVTable: kvTable,
  QueueData: jsonBody(QueueData, ["topicSysFlag"]),
  RegisterBrokerBody: registerBrokerBody,
  TopicConfig: jsonBody(TopicConfig),
  TopicConfigSerializeWrapper: jsonBody(TopicConfigSerializeWrapper, ["timestamp"]),
  TopicList: topicList,
  TopicRouteData: topicRouteData,
};

/** Bodies that are not written as Java writes them, with the reason. They mean the same. */
const writtenOtherwise: Readonly<Record<string, string>> = {
  "RegisterBrokerBody 5.5.0": "the integer keys of queue mappings are quoted: brokers behind the gateway have none",
};

for (const [name, codec] of Object.entries(codecs)) {
  describe(name, () => {
    const { texts, meaning } = goldenBody(name);

    for (const [generation, text] of texts) {
      const context = contextOf(generation);
      const value = meaningOf(text) as JsonValue;

      test(`${generation} is read to its meaning`, () => {
        expect(codec.decode(encoded(text), context)).toEqual(value);
        // Quoted keys, the strict form, mean the same.
        expect(codec.decode(encoded(quoteKeys(text)), context)).toEqual(value);
        if (generation === "5.5.0") expect(value).toEqual(meaning);
      });

      test(`${generation} is written as there`, () => {
        const written = decoded(codec.encode(value, context));
        if (`${name} ${generation}` in writtenOtherwise) expect(quoteKeys(written)).toBe(quoteKeys(text));
        else expect(written).toBe(text);
      });

      test(`${generation} is written as strict JSON when asked for`, () => {
        const written = decoded(codec.encode(value, { ...context, standardJson: true }));
        expect(written).toBe(quoteKeys(text));
      });
    }

    test("has samples", () => expect(texts.size).toBeGreaterThan(0));
  });
}
