import { acl } from "../body/acls.ts";
import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const authUpdateAcl = command({
  code: 3007,
  name: "AUTH_UPDATE_ACL",
  description: "Changes the permissions of a user, each resource by itself. Since 5.3.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { subject: optional(text("whom it is about: User:name")) }, body: acl },
});
