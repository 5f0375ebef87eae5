/** Rewrites docs/operations.md from the definitions of the routes: `bun tools/gate/write-operations.ts`. */
import { routes } from "../../routes/index.ts";
import { openApiOf } from "../../src/http/openapi/document.ts";
import { operationsPage } from "./operations.ts";

const openapi = openApiOf(routes, { name: "rocketmq-gateway", version: "" });
await Bun.write(new URL("../../docs/operations.md", import.meta.url), operationsPage(openapi));
