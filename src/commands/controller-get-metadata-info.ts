import { bool, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const controllerGetMetadataInfo = command({
  code: 1005,
  name: "CONTROLLER_GET_METADATA_INFO",
  description: "Leader and members of a group of controllers. Since 5.0.",
  servedBy: on("controller", "5.5.0"),
  response: {
    header: {
      group: optional(text("name of the group of controllers")),
      controllerLeaderId: optional(text("id of the leader")),
      controllerLeaderAddress: optional(text("address of the leader, host:port")),
      isLeader: optional(bool("whether the one that answers is the leader")),
      peers: optional(text("members: id:host:port, each with a semicolon behind")),
    },
  },
});
