import { users } from "../body/users.ts";
import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const authListUser = command({
  code: 3005,
  name: "AUTH_LIST_USER",
  description: "Users with their passwords in clear text. Since 5.3.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { filter: optional(text("text that the name contains")) } },
  response: { body: users },
});
