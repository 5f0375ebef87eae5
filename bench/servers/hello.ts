/** Hello world on Hono with everything that the gateway does around a route. */
import { createClient } from "../../src/client/client.ts";
import { createNameServers } from "../../src/discovery/name-servers.ts";
import { createHttpGateway } from "../../src/gateway/gateway.ts";
import { answer, get } from "../../src/http/route.ts";
import { limits } from "../../src/limits.ts";
import { Type } from "../../src/schema/types.ts";
import { connect } from "../../src/transport/bun.ts";
import { serve } from "./serve.ts";

const hello = get("/hello/{name}", {
  summary: "Hello",
  answers: { 200: answer("hello", Type.Object({ hello: Type.String() })) },
  handle: ({ params }) => ({ status: 200, body: { hello: params.name } }),
});

const client = createClient({ connect });

const { fetch } = createHttpGateway({
  routes: [hello],
  services: {
    client,
    nameServers: createNameServers(client, []),
    registrations: null,
    allowsConfigChanges: false,
    limits,
    about: { name: "hello", version: "0", runtime: "bun" },
  },
  access: { tokens: new Map(), loopbackOnly: true },
  onError: (trace) => console.error(trace),
});

serve(fetch);
