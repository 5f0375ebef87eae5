import type {
  JsonSchema,
  OpenApi,
  OpenApiResponse,
  Operation,
  Parameter,
  Reference,
  RequestBody,
} from "../../src/http/openapi/types.ts";

/** The page docs/operations.md: every operation with what it sends, takes and answers. */
export function operationsPage({ info, paths, tags, components }: OpenApi): string {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ title: `${method.toUpperCase()} ${path}`, operation })),
  );
  const resources = tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return [`## ${capital(name)}`, `${description}.`, ...own.flatMap((each) => section(each))];
  });
  return [
    "# Operations",
    "<!-- Written by tools/gate/write-operations.ts from the definitions of the routes -->",
    info.description,
    "A gateway tells all of this itself: `/openapi.json` is the same in OpenAPI 3.1, `/docs` a page to read and to try.",
    table(["Operation", "What it does", "Sends"], operations.map(overview)),
    "## Headers",
    "Every operation with answers in JSON takes `Prefer`, every GET `If-None-Match`, and a PUT, PATCH or DELETE of a path " +
      "that has a GET `If-Match`.",
    table(
      ["Header", "Meaning"],
      Object.values(components.parameters).map(({ name, description = "" }) => [code(name), description]),
    ),
    ...resources.flat(),
    "## Request codes",
    "The operations that send a request code, or do by others what it was meant for. Any other goes through `POST /invoke`. " +
      "[Coverage](coverage.md) tells which of them real servers have been seen to take.",
    table(["Code", "Name", "Operations"], codeRows(operations)),
    "## Schemas",
    "An optional member may be absent; any other is always there.",
    ...Object.entries(components.schemas).flatMap(([name, schema]) => [
      `### ${name}`,
      ...[text(schema.description)].filter(Boolean).map((meaning) => `${capital(meaning)}.`),
      ...members(schema),
    ]),
    "## Problems",
    "A status that an operation may answer as a problem document (RFC 9457), and the `type` that it then has, after " +
      "`/problems/`.",
    table(["Status", "Types"], problemsOf(paths)),
  ]
    .join("\n\n")
    .concat("\n");
}

interface Entry {
  readonly title: string;
  readonly operation: Operation;
}

function overview({ title, operation }: Entry): string[] {
  return [linkOf(title), operation.summary, commandsOf(operation)];
}

function section({ title, operation }: Entry): string[] {
  const { parameters, requestBody, responses, security } = operation;
  const role = security.flatMap((requirement) => requirement.bearer ?? []).join();
  const sends = commandsOf(operation);
  const facts = [
    `${operation.summary}.`,
    role === "" ? "Needs no token." : `Needs the role ${code(role)}.`,
    ...(sends === "" ? [] : [`Sends ${sends}.`]),
  ];
  const own = parameters.filter(isParameter);
  const answers = Object.entries(responses).filter(([, response]) => !response.$ref);
  const problems = Object.keys(responses).filter((status) => responses[status]?.$ref);
  return [
    `### ${code(title)}`,
    facts.join(" "),
    ...(own.length > 0 ? [table(["Parameter", "In", "Type", "Meaning"], own.map(parameterRow))] : []),
    ...(requestBody ? [bodyText(requestBody)] : []),
    table(
      ["Status", "Answer", "Body"],
      answers.map(([status, response]) => answerRow(status, response)),
    ),
    `Problems: ${problems.join(", ")}.`,
  ];
}

function isParameter(parameter: Parameter | Reference): parameter is Parameter {
  return !("$ref" in parameter);
}

function parameterRow({ name, in: place, required, schema, description = "" }: Parameter): string[] {
  return [
    code(name),
    place,
    typeText(schema),
    [description, ...(required ? [] : ["optional"])].filter(Boolean).join("; "),
  ];
}

/** The table of an object's members, none where it has none of its own. */
function members(schema: JsonSchema): string[] {
  const rows = memberRows(schema, "");
  return rows.length > 0 ? [table(["Member", "Type", "Meaning"], rows)] : [];
}

/** A row for each member, and under a list those of its items. */
function memberRows({ properties = {}, required = [] }: ObjectSchema, prefix: string): string[][] {
  return Object.entries(properties).flatMap(([name, part]) => [
    [
      code(prefix + name),
      typeText(part),
      [meaningOf(part), ...(required.includes(name) ? [] : ["optional"])].filter(Boolean).join("; "),
    ],
    ...memberRows(part, `${prefix}${name}.`),
    ...memberRows((part.items ?? {}) as ObjectSchema, `${prefix}${name}[].`),
  ]);
}

/** What a member means; where it may be null, its other form says so. */
function meaningOf({ description, anyOf }: JsonSchema): string {
  const parts = Array.isArray(anyOf) ? (anyOf as readonly JsonSchema[]) : [];
  return text(description) || parts.map((part) => text(part.description)).find(Boolean) || "";
}

/** The members of a body, and in which other forms it may come. */
function bodyText({ content }: RequestBody): string {
  const { "application/json": json, ...others } = content;
  const types = ["application/json", ...Object.keys(others)].map(code).join(" or ");
  return [`The body is ${types}:`, ...(json ? members(json.schema) : [])].join("\n\n");
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

function answerRow(status: string, { description, content = {} }: OpenApiResponse): string[] {
  const { "application/json": json } = content;
  const [type = ""] = Object.keys(content);
  return [status, description, json?.schema && Object.keys(content).length > 1 ? typeText(json.schema) : code(type)];
}

/** What each problem is, in the words of the first operation that may answer it. */
function problemsOf(paths: OpenApi["paths"]): string[][] {
  const all = Object.values(paths).flatMap((item) =>
    Object.values(item).flatMap(({ responses }) => Object.entries(responses)),
  );
  const known = new Map<string, string>();
  for (const [status, { $ref, description }] of all) if ($ref && !known.has(status)) known.set(status, description);
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A row for each request code that an operation stands for. */
function codeRows(operations: readonly Entry[]): string[][] {
  const uses = operations.flatMap(({ title, operation }) => [
    ...operation["x-rocketmq-commands"].map((command) => ({ ...command, use: linkOf(title) })),
    ...operation["x-rocketmq-emulates"].map((command) => ({ ...command, use: `${linkOf(title)} by others` })),
    ...operation["x-rocketmq-hears"].map((command) => ({ ...command, use: `${linkOf(title)} as an event` })),
  ]);
  const rows = Map.groupBy(uses, ({ code, name }) => `${code} ${name}`);
  const sorted = [...rows.values()].sort(([a], [b]) => (a?.code ?? 0) - (b?.code ?? 0));
  return sorted.map((own) => [String(own[0]?.code), own[0]?.name ?? "", own.map(({ use }) => use).join("<br>")]);
}

function linkOf(title: string): string {
  return `[${code(title)}](#${anchorOf(title)})`;
}

function commandsOf({ "x-rocketmq-commands": commands }: Operation): string {
  return commands.map(({ code, name }) => `${name} (${code})`).join(", ");
}

function linkTo(schema: string): string {
  return `[${schema}](#${schema.toLowerCase()})`;
}

/** A type in a word or two. */
function typeText({ $ref, type, format, enum: values, anyOf, items, additionalProperties }: JsonSchema): string {
  if (typeof $ref === "string") return linkTo($ref.slice($ref.lastIndexOf("/") + 1));
  if (Array.isArray(values)) return values.map((value) => code(String(value))).join(", ");
  if (Array.isArray(anyOf)) return [...new Set(anyOf.map(typeText))].join(" or ");
  if (type === "array") return `list of ${typeText(items as JsonSchema)}`;
  if (typeof additionalProperties === "object") return `map of ${typeText(additionalProperties as JsonSchema)}`;
  return text(type) + (format === "int64" ? ", 64 bits" : "");
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The anchor of a heading as GitHub makes it. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}
