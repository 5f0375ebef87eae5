import { servedOpenApi } from "../src/http/openapi/served.ts";
import { answer, get, type Route } from "../src/http/route.ts";

/** The route that describes the given ones, and itself. */
export function openapi(routes: readonly Route[]): Route {
  const route = get("/openapi.json", {
    summary: "This description, in OpenAPI 3.1",
    answers: { 200: answer("the document") },
    media: "application/json",
    handle: (_request, { about }) => ({ status: 200, content: content(about) }),
  });
  const content = servedOpenApi([...routes, route]);
  return route;
}
