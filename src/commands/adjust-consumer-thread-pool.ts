import { command, nowhere } from "./command.ts";

export const adjustConsumerThreadPool = command({
  code: 213,
  name: "ADJUST_CONSUMER_THREAD_POOL",
  description: "No server of any generation answers it.",
  servedBy: nowhere,
  instead: "A client's own application changes its threads: DefaultMQPushConsumer.updateCorePoolSize.",
});
