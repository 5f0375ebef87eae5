import { bool, optional, text } from "../../schema/fields.ts";

/** RpcRequestHeader: what many headers have since 5.0, for proxies that stand between client and broker. */
export const rpcHeader = {
  ns: optional(text("namespace of the resource, since 5.0")),
  nsd: optional(bool("whether names carry the namespace already, since 5.0")),
  bname: optional(text("name of the broker that is meant, since 5.0, in requests about one queue since 4.9.5")),
  oway: optional(bool("whether it was sent one-way, since 5.0")),
};

/** TopicRequestHeader: the same for requests about a topic. */
export const topicHeader = {
  ...rpcHeader,
  lo: optional(bool("whether queueId may be a logical queue of a static topic; false: it is the broker's, since 5.0")),
};
