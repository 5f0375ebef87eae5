import type { Brokers } from "../discovery/brokers.ts";
import type { TopicRoute } from "../discovery/directory.ts";
import { Fault } from "../errors.ts";
import type { Limits } from "../limits.ts";
import { TOPIC_NOT_EXIST } from "../wire/response-codes.ts";
import { isOfBroker, mayGoElsewhere } from "./certainty.ts";
import { createChoice } from "./choice.ts";
import type { Outgoing } from "./outgoing.ts";
import { queuesFor, type WritableQueue } from "./queues.ts";

/** Where messages go, and how. */
export interface Course {
  readonly topic: string;
  /** The brokers, as the request that it is for reaches them. */
  readonly brokers: Brokers;
  /** Which form: `v1` is SEND_MESSAGE, for single messages only. Default `v2`. */
  readonly wire?: "v1" | "v2" | undefined;
}

export type AttemptsLimits = Pick<Limits, "maxSendAttempts" | "failingBrokerMillis" | "maxKeptRoutes">;

/** Does something with a queue of the topic, and again with one of another broker where the first can't have done it. */
export type Attempts = <T>(
  course: Course,
  message: Pick<Outgoing, "aim" | "at">,
  use: (queue: WritableQueue) => Promise<T>,
) => Promise<T>;

/** Attempts that know which queue's turn it is and which brokers failed lately. */
export function createAttempts(limits: AttemptsLimits): Attempts {
  const choice = createChoice(limits);
  return async ({ topic, brokers }, { aim, at }, use) => {
    const queues = queuesFor(topic, await routeOf(topic, brokers), aim, at);
    const tried = new Set<string>();
    let failure: unknown;
    while (tried.size < limits.maxSendAttempts) {
      const queue = choice.next(topic, queues, tried);
      if (queue === undefined) break;
      try {
        return await use(queue);
      } catch (error) {
        if (isOfBroker(error)) choice.failed(queue.broker.brokerName);
        // The route is older than what the broker knows.
        if (isRefusal(error, TOPIC_NOT_EXIST)) brokers.forget();
        failure = error;
        if (!mayGoElsewhere(error)) break;
        tried.add(queue.broker.brokerName);
      }
    }
    throw failure;
  };
}

/** The route of a topic. Rejects as {@link Brokers.routeOf}. */
export async function routeOf(topic: string, brokers: Brokers): Promise<TopicRoute> {
  try {
    return await brokers.routeOf(topic);
  } catch (error) {
    if (!(error instanceof Fault) || !isRefusal(error, TOPIC_NOT_EXIST)) throw error;
    throw new Fault(error.fault, error.message, { ...error.options, hint: "PUT /topics/{topic} makes it." });
  }
}

/** Whether a server refused with this code. */
export function isRefusal(error: unknown, code: number): boolean {
  return error instanceof Fault && error.options.response?.code === code;
}
