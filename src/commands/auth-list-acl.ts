import { acls } from "../body/acls.ts";
import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const authListAcl = command({
  code: 3010,
  name: "AUTH_LIST_ACL",
  description: "Permissions of users. Since 5.3.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      subjectFilter: optional(text("text that the subject contains")),
      resourceFilter: optional(text("text that a resource contains")),
    },
  },
  response: { body: acls },
});
