import { type ConsumerRunningInfo, consumerRunningInfo } from "../body/consumer-running-info.ts";
import type { Command } from "../commands/command.ts";
import { getConsumerRunningInfo } from "../commands/get-consumer-running-info.ts";
import { decodeFields } from "../schema/fields.ts";
import type { RemotingCommand } from "../wire/remoting-command.ts";
import { REQUEST_CODE_NOT_SUPPORTED, SUCCESS, SYSTEM_ERROR } from "../wire/response-codes.ts";
import { subscriptionsOf } from "./heartbeat.ts";
import type { SessionSpec } from "./spec.ts";

/** What a response says. */
export type Answer = Pick<RemotingCommand, "code" | "remark" | "body">;

const UNANSWERED = "nobody who listens to this session has answered in time";

/**
 * What a broker hears where nobody answers its request: what the gateway knows of the client by itself, and for the rest
 * that it went unanswered. Nothing is claimed to have been consumed, or to stand anywhere.
 */
export function defaultAnswer(request: RemotingCommand, meaning: Command | undefined, spec: SessionSpec): Answer {
  if (meaning === undefined) {
    const remark = ` request type ${request.code} not supported`;
    return { code: REQUEST_CODE_NOT_SUPPORTED, remark, body: null };
  }
  const info = request.code === getConsumerRunningInfo.code ? runningInfo(request, spec) : null;
  if (info === null) return { code: SYSTEM_ERROR, remark: UNANSWERED, body: null };
  const body = consumerRunningInfo.encode(info, { version: request.version, header: {} });
  return { code: SUCCESS, remark: UNANSWERED, body };
}

/**
 * What the gateway knows of a consumer. Those who read it take the properties for given (ConsumerRunningInfo's
 * analyzeSubscription parses the start and the type of the consumer).
 */
function runningInfo(request: RemotingCommand, spec: SessionSpec): ConsumerRunningInfo | null {
  const { consumerGroup } = decodeFields(getConsumerRunningInfo.request.header, request.extFields);
  const consumers = spec.consumerGroups.filter(({ group }) => group === consumerGroup);
  const [first] = consumers;
  if (first === undefined) return null;
  return {
    properties: {
      PROP_CLIENT_VERSION: "rocketmq-gateway",
      PROP_CONSUME_TYPE: first.consumeType,
      PROP_CONSUME_ORDERLY: "false",
      PROP_CONSUMER_START_TIMESTAMP: String(spec.createdAt),
    },
    subscriptionSet: subscriptionsOf(consumers, spec.createdAt),
    mqTable: [],
    statusTable: {},
  };
}
