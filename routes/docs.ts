import { docsFile } from "../src/http/openapi/docs/files.ts";
import { answer, get, type MediaType, type Route } from "../src/http/route.ts";

/** Nothing from elsewhere; Swagger UI has its icons in its style. */
const POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A file of the page: the same for everyone, and nothing of this deployment is in it. */
function file(path: string, name: Parameters<typeof docsFile>[0], media: MediaType, summary: string): Route {
  return get(path, {
    summary,
    answers: { 200: answer("the file") },
    access: "open",
    media,
    async handle() {
      return {
        status: 200,
        content: await docsFile(name),
        ...(media === "text/html" && { headers: { "content-security-policy": POLICY } }),
      };
    },
  });
}

export const docs = [
  file("/docs", "page", "text/html", "This description as a page to read and to try"),
  file("/docs/script.js", "script", "text/javascript", "The script of that page"),
  file("/docs/style.css", "style", "text/css", "Its style"),
  file("/docs/swagger-ui.js", "swaggerUi", "text/javascript", "Swagger UI, which it stands on"),
  file("/docs/swagger-ui.css", "swaggerUiStyle", "text/css", "The style of Swagger UI"),
];
