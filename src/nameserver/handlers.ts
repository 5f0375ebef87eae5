import { brokerHandlers } from "./handlers/brokers.ts";
import { kvHandlers } from "./handlers/kv.ts";
import { operatorHandlers } from "./handlers/operators.ts";
import { routeHandlers } from "./handlers/routes.ts";
import { topicHandlers } from "./handlers/topics.ts";
import type { Served } from "./serve.ts";

/** Everything that the server answers. A request code more is a row more in one of these tables. */
export const handlers: readonly Served[] = [
  ...brokerHandlers,
  ...kvHandlers,
  ...operatorHandlers,
  ...routeHandlers,
  ...topicHandlers,
];
