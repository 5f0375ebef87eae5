import { type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

const text = (description: string) => Type.Optional(Type.String({ description }));
const permissions = (description: string) => Type.Optional(Type.Array(Type.String(), { description }));

/** PlainAccessConfig: one account of plain_acl.yml. */
const PlainAccount = Type.Object({
  accessKey: Type.String({ description: "name of the account" }),
  secretKey: text("key of its signatures, in clear text"),
  whiteRemoteAddress: text("addresses that need no signature"),
  admin: Type.Boolean({ description: "whether it may do everything" }),
  defaultTopicPerm: text("DENY, PUB, SUB or PUB|SUB for all other topics"),
  defaultGroupPerm: text("DENY, PUB, SUB or PUB|SUB for all other groups"),
  topicPerms: permissions("topic=permission"),
  groupPerms: permissions("group=permission"),
});

/** GetBrokerClusterAclConfigResponseBody: what plain_acl.yml says. */
export const PlainAcl = Type.Object({
  globalWhiteAddrs: Type.Array(Type.String(), { description: "addresses that need no signature" }),
  plainAccessConfigs: Type.Array(PlainAccount, { description: "accounts" }),
});
export type PlainAcl = Static<typeof PlainAcl>;

export const plainAcl = jsonBody(PlainAcl);
