import { utf8 } from "../../../bytes/utf8.ts";

type Text = { readonly default: string };

/** The files of the page at /docs. They are read when they are asked for: most processes never are. */
const files = {
  page: (): Promise<Text> => import("./page.html", { with: { type: "text" } }),
  script: (): Promise<Text> => import("./script.js", { with: { type: "text" } }),
  style: (): Promise<Text> => import("./style.css", { with: { type: "text" } }),
  swaggerUi: (): Promise<Text> => import("swagger-ui-dist/swagger-ui-bundle.js", { with: { type: "text" } }),
  swaggerUiStyle: (): Promise<Text> => import("swagger-ui-dist/swagger-ui.css", { with: { type: "text" } }),
};

export async function docsFile(name: keyof typeof files): Promise<Uint8Array<ArrayBuffer>> {
  return utf8((await files[name]()).default);
}
