import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const deleteAclConfig = command({
  code: 51,
  name: "DELETE_ACL_CONFIG",
  description: "Deletes an account of plain_acl.yml, which counts at once. Since 4.5.2.",
  servedBy: on("broker", "4.9.7"),
  request: { header: { accessKey: text("name of the account") } },
});
