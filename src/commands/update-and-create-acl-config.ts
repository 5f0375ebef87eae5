import { bool, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const updateAndCreateAclConfig = command({
  code: 50,
  name: "UPDATE_AND_CREATE_ACL_CONFIG",
  description:
    "Creates or changes an account of plain_acl.yml, which counts at once. Code 209 when it is refused. Since 4.5.2.",
  servedBy: on("broker", "4.9.7"),
  request: {
    header: {
      accessKey: text("name of the account, longer than 6 characters"),
      secretKey: optional(text("key of its signatures, longer than 6 characters")),
      whiteRemoteAddress: optional(text("addresses that need no signature")),
      admin: optional(bool("whether it may do everything")),
      defaultTopicPerm: optional(text("DENY, PUB, SUB or PUB|SUB for all other topics")),
      defaultGroupPerm: optional(text("DENY, PUB, SUB or PUB|SUB for all other groups")),
      topicPerms: optional(text("topic=permission, joined by commas")),
      groupPerms: optional(text("group=permission, joined by commas")),
    },
  },
});
