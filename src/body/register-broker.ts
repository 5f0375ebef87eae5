import { limits } from "../limits.ts";
import { type Static, Type } from "../schema/types.ts";
import { V3_0_11 } from "../wire/versions.ts";
import type { BodyCodec } from "./codec.ts";
import { decodeCompact, encodeCompact } from "./compact-registration.ts";
import { jsonBody } from "./json.ts";
import { TopicConfigSerializeWrapper } from "./topic-config.ts";
import { deflate, inflate } from "./zlib.ts";

/** RegisterBrokerBody: what a broker serves. */
export const RegisterBrokerBody = Type.Object({
  topicConfigSerializeWrapper: TopicConfigSerializeWrapper,
  filterServerList: Type.Array(Type.String(), { description: "addresses of the broker's filter servers" }),
});
export type RegisterBrokerBody = Static<typeof RegisterBrokerBody>;

const wrapped = jsonBody(RegisterBrokerBody, ["timestamp"]);
/** What brokers before 3.0.11 send: the topic table alone. */
const bare = jsonBody(TopicConfigSerializeWrapper, ["timestamp"]);

/** The body in the layout that the request's version and its `compressed` field ask for (RegisterBrokerBody.java). */
export const registerBrokerBody: BodyCodec<RegisterBrokerBody> = {
  schema: RegisterBrokerBody,
  encode(body, context) {
    if (context.header.compressed) return deflate(encodeCompact(body, context));
    if (context.version < V3_0_11) return bare.encode(body.topicConfigSerializeWrapper, context);
    return wrapped.encode(body, context);
  },
  decode(bytes, context) {
    if (context.header.compressed) return decodeCompact(inflate(bytes, limits.maxInflatedBytes), context);
    if (context.version >= V3_0_11) return wrapped.decode(bytes, context);
    return { topicConfigSerializeWrapper: bare.decode(bytes, context), filterServerList: [] };
  },
};
