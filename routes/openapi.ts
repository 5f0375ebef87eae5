import { servedOpenApi } from "../src/http/openapi/served.ts";
import { answer, get, type Route } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";

const Document = Type.Object({
  openapi: Type.String({ description: "version of OpenAPI", examples: ["3.1.1"] }),
  info: Type.Object({}, { description: "what this is" }),
  paths: Type.Object({}, { description: "the operations" }),
});

/** The route that describes the given ones, and itself. */
export function openapi(routes: readonly Route[]): Route {
  const route = get("/openapi.json", {
    summary: "This description, in OpenAPI 3.1",
    answers: { 200: answer("the document", Document) },
    media: "application/json",
    handle: (_request, { about }) => ({ status: 200, content: content(about) }),
  });
  const content = servedOpenApi([...routes, route]);
  return route;
}
