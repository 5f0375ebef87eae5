import { command, nowhere } from "./command.ts";

export const resumeConsumer = command({
  code: 210,
  name: "RESUME_CONSUMER",
  description: "No server of any generation answers it.",
  servedBy: nowhere,
});
