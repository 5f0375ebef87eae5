import { user } from "../body/users.ts";
import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const authCreateUser = command({
  code: 3001,
  name: "AUTH_CREATE_USER",
  description: "Creates a user; code 16 when it is there, or without a password. Since 5.3.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { username: optional(text("user name")) }, body: user },
});
