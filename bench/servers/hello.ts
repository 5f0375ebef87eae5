/** Hello world on Hono with everything that the gateway does around a route. */
import { createClient } from "../../src/client/client.ts";
import { createHttpGateway } from "../../src/gateway/gateway.ts";
import { answer, get } from "../../src/http/route.ts";
import type { Services } from "../../src/http/services.ts";
import { Type } from "../../src/schema/types.ts";
import { connect } from "../../src/transport/bun.ts";
import { serve } from "./serve.ts";

const hello = get("/hello/{name}", {
  summary: "Hello",
  answers: { 200: answer("hello", Type.Object({ hello: Type.String() })) },
  handle: ({ params }) => ({ status: 200, body: { hello: params.name } }),
});

const { fetch } = createHttpGateway({
  routes: [hello],
  client: createClient({ connect }),
  // The one route asks nothing of them.
  services: {} as Services,
  access: { tokens: new Map(), loopbackOnly: true },
  onError: (trace) => console.error(trace),
});

serve(fetch);
