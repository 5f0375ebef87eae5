import { command, nowhere } from "./command.ts";

export const getClientConfig = command({
  code: 47,
  name: "GET_CLIENT_CONFIG",
  description: "No server answers it. Since 5.0.",
  servedBy: nowhere,
});
