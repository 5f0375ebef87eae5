import { acl } from "../body/acls.ts";
import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const authGetAcl = command({
  code: 3009,
  name: "AUTH_GET_ACL",
  description: "Permissions of a user; no body when there are none, code 16 when the user isn't there. Since 5.3.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { subject: optional(text("whom it is about: User:name")) } },
  response: { body: acl },
});
