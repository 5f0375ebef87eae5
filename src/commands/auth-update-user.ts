import { user } from "../body/users.ts";
import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const authUpdateUser = command({
  code: 3002,
  name: "AUTH_UPDATE_USER",
  description: "Changes a user; code 16 when it isn't there. Since 5.3.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { username: optional(text("user name")) }, body: user },
});
