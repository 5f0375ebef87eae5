import { acl } from "../body/acls.ts";
import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const authCreateAcl = command({
  code: 3006,
  name: "AUTH_CREATE_ACL",
  description: "Creates the permissions of a user; code 16 when the user isn't there. Since 5.3.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { subject: optional(text("whom it is about: User:name")) }, body: acl },
});
