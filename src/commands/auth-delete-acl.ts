import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const authDeleteAcl = command({
  code: 3008,
  name: "AUTH_DELETE_ACL",
  description: "Deletes permissions of a user, all or those on one resource. Since 5.3.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      subject: optional(text("whom it is about: User:name")),
      policyType: optional(text("Custom or Default; both when left out")),
      resource: optional(text("only this resource, such as Topic:name")),
    },
  },
});
