import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const authDeleteUser = command({
  code: 3003,
  name: "AUTH_DELETE_USER",
  description: "Deletes a user; one that isn't there is deleted too. Since 5.3.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { username: optional(text("user name")) } },
});
