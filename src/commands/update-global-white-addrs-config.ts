import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const updateGlobalWhiteAddrsConfig = command({
  code: 53,
  name: "UPDATE_GLOBAL_WHITE_ADDRS_CONFIG",
  description: "Sets the addresses that need no signature, which counts at once. Since 4.5.2.",
  servedBy: on("broker", "4.9.7"),
  request: {
    header: {
      globalWhiteAddrs: text("addresses, joined by commas"),
      aclFileFullPath: text("file to change; plain_acl.yml when left out, since 4.9.4"),
    },
  },
});
