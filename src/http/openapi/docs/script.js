// The page at /docs: reads the description of the API and hands it to Swagger UI, which is loaded before this.

/** Reads the document; where a token is needed, it is asked for first. */
async function read(token) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const response = await fetch("openapi.json", { headers });
  if (response.status === 401) {
    await response.body?.cancel();
    return read(await askForToken(token !== undefined));
  }
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return { document: await response.json(), token };
}

function askForToken(isWrong) {
  const form = document.getElementById("token");
  form.hidden = false;
  form.querySelector("output").textContent = isWrong ? "This token is not known." : "";
  const { promise, resolve } = Promise.withResolvers();
  form.onsubmit = (event) => {
    event.preventDefault();
    form.hidden = true;
    resolve(form.elements.token.value);
  };
  form.elements.token.focus();
  return promise;
}

/** The document for readers: with a command line for each operation, and with less of what repeats. */
export function readable(openapi, origin, hasToken) {
  for (const [path, item] of Object.entries(openapi.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      operation.description = [commandsOf(operation), curlOf(method, path, operation, { origin, hasToken })].join(
        "\n\n",
      );
      for (const [status, { $ref, description }] of Object.entries(operation.responses)) {
        if ($ref) operation.responses[status] = { description };
      }
    }
  }
  return withoutFullRanges(openapi);
}

function commandsOf({ "x-rocketmq-commands": commands }) {
  if (commands.length === 0) return "";
  return `Sends ${commands.map(({ code, name }) => `\`${name}\` (${code})`).join(", ")}.`;
}

function curlOf(method, path, { parameters, requestBody, security }, { origin, hasToken }) {
  const filled = parameters
    .filter((parameter) => parameter.in === "path")
    .reduce((url, { name, example }) => url.replace(`{${name}}`, encodeURIComponent(example)), path);
  const needed = parameters.filter((parameter) => parameter.in === "query" && parameter.required);
  const query = new URLSearchParams(needed.map(({ name, example }) => [name, String(example ?? "")])).toString();
  const url = `${origin}${filled}${query && `?${query}`}`;
  const example = requestBody?.content["application/json"]?.example;
  const lines = [
    `curl ${method === "get" ? "" : `-X ${method.toUpperCase()} `}${quoted(url)}`,
    ...(hasToken && security.length > 0 ? [`-H "authorization: Bearer $TOKEN"`] : []),
    ...(example ? [`-H 'content-type: application/json'`, `-d ${quoted(JSON.stringify(example))}`] : []),
  ];
  return `\`\`\`sh\n${lines.join(" \\\n  ")}\n\`\`\``;
}

/** The text as one word of a shell. */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The schemas without the bounds that their format says already, and that a number here can't hold. */
function withoutFullRanges(schema) {
  if (Array.isArray(schema)) return schema.map(withoutFullRanges);
  if (typeof schema !== "object" || schema === null) return schema;
  const { format, minimum, maximum } = schema;
  const least = format === "int32" ? -(2 ** 31) : -(2 ** 63);
  const hidden = new Set();
  if (minimum === least) hidden.add("minimum");
  if (maximum === -least || maximum === -least - 1) hidden.add("maximum");
  const shown = Object.entries(schema).filter(([name]) => !hidden.has(name));
  return Object.fromEntries(shown.map(([name, part]) => [name, withoutFullRanges(part)]));
}

/** JSON in lines, with every digit of its numbers. */
export function inLines(text) {
  try {
    const exact = JSON.parse(text, (_, value, { source } = {}) =>
      typeof value === "number" ? JSON.rawJSON(source) : value,
    );
    return JSON.stringify(exact, null, 2);
  } catch {
    return text;
  }
}

/** Swagger UI would read answers itself, and round large integers. */
function exactAnswers({ React }) {
  const exact = (Original) => (props) => {
    const isJson = /json/.test(props.contentType);
    const shown = isJson ? { content: inLines(props.content), contentType: "text/plain" } : {};
    return React.createElement(Original, { ...props, ...shown });
  };
  return { wrapComponents: { responseBody: exact } };
}

function followColours() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", follow);
  follow();
}

async function show() {
  followColours();
  const { document: openapi, token } = await read();
  const ui = window.SwaggerUIBundle({
    spec: readable(openapi, location.origin, token !== undefined),
    dom_id: "#docs",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    defaultModelExpandDepth: 2,
    displayRequestDuration: true,
    filter: true,
    validatorUrl: null,
    plugins: [exactAnswers],
  });
  if (token) ui.preauthorizeApiKey("bearer", token);
}

if (globalThis.document) {
  show().catch((error) => {
    document.getElementById("docs").textContent = `Cannot read openapi.json: ${error.message}`;
  });
}
