import { command, nowhere } from "./command.ts";

export const triggerDeleteFiles = command({
  code: 27,
  name: "TRIGGER_DELETE_FILES",
  description: "No server of any generation answers it.",
  servedBy: nowhere,
});
