import { user } from "../body/users.ts";
import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const authGetUser = command({
  code: 3004,
  name: "AUTH_GET_USER",
  description: "One user with the password in clear text; no body when it isn't there. Since 5.3.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { username: optional(text("user name")) } },
  response: { body: user },
});
