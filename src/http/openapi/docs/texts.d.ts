/** The files of the page at /docs, imported as texts. */
declare module "*/page.html" {
  const text: string;
  export default text;
}

declare module "*/script.js" {
  const text: string;
  export default text;
}

declare module "*/style.css" {
  const text: string;
  export default text;
}

declare module "swagger-ui-dist/swagger-ui-bundle.js" {
  const text: string;
  export default text;
}

declare module "swagger-ui-dist/swagger-ui.css" {
  const text: string;
  export default text;
}
