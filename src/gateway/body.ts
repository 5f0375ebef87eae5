import { concat } from "../bytes/concat.ts";
import { fromUtf8 } from "../bytes/utf8.ts";
import { Fault, type Violation } from "../errors.ts";
import type { BodySpec } from "../http/route.ts";
import { MAX_VIOLATIONS, memberOf, violationsOf } from "../http/validate.ts";
import { parseJson } from "../json/strict.ts";
import type { JsonValue } from "../json/value.ts";
import { violated } from "./violations.ts";

/** The checked body of a request. Throws a fault that lists every violation; reads no more than `maxBytes`. */
export async function bodyOf(spec: BodySpec, request: Request, maxBytes: number): Promise<unknown> {
  const { schema, fromText, fromBytes, forms = [], schemaFor } = spec;
  const { headers } = request;
  const type = headers.get("content-type") ?? "";
  const form = forms.find(({ takes }) => takes(typeOf(type), headers));
  const media = mediaOf(type);
  if (!form && (media === null || (media === "text" && !fromText) || (media === "bytes" && !fromBytes))) {
    const list = typesTaken(spec).join(" or ");
    throw new Fault("unsupported-media-type", `Cannot read the body: its content-type must be ${list}`);
  }
  const coding = headers.get("content-encoding") ?? "identity";
  if (coding.toLowerCase() !== "identity") {
    throw new Fault("unsupported-media-type", "Cannot read the body: it must have no content-encoding");
  }
  if (form) return form.read({ headers, bytes: () => readAll(request, maxBytes), stream: request.body });
  const bytes = await readAll(request, maxBytes);
  if (media === "bytes" && fromBytes) return fromBytes(bytes);
  const text = decode(bytes);
  const value = media === "text" && fromText ? fromText(text) : parseJson(text);
  const violations = [
    ...violationsOf(schemaFor?.(value) ?? schema, value),
    ...malformedTexts(text, value as JsonValue),
  ];
  if (violations.length > 0) throw violated("invalid-body", "Cannot take the body", violations);
  return value;
}

async function readAll(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new Fault("too-large", `Cannot read the body: it has more than ${maxBytes} bytes`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length > maxBytes) throw tooLarge();
    parts.push(part);
  }
  return concat(parts);
}

function decode(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes, "the body");
  } catch (cause) {
    throw new Fault("invalid-argument", "Cannot read the body: it is not UTF-8", { cause });
  }
}

function typesTaken({ fromText, fromBytes, forms = [] }: BodySpec): string[] {
  const own = [fromText ? ["text/plain"] : [], fromBytes ? ["application/octet-stream"] : []].flat();
  return [...new Set(["application/json", ...own, ...forms.map(({ media }) => media)])];
}

/** A media type without its parameters. */
function typeOf(contentType: string): string {
  return contentType.toLowerCase().split(";", 1)[0]?.trim() ?? "";
}

/** Which of the media types that we read this is; a charset other than UTF-8 makes it none. */
function mediaOf(contentType: string): "json" | "text" | "bytes" | null {
  const [type = "", ...parameters] = contentType.toLowerCase().split(";");
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith("charset="));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) return null;
  const media = type.trim();
  if (media === "application/json" || /^application\/[\w.-]+\+json$/.test(media)) return "json";
  if (media === "application/octet-stream") return "bytes";
  return media === "text/plain" ? "text" : null;
}

/** Texts with half a surrogate pair, which JSON can escape and UTF-8 can't carry: they would be changed on the way. */
function malformedTexts(text: string, value: JsonValue): Violation[] {
  // Only an escape can bring one into a text that was UTF-8.
  return /\\u[dD][89a-fA-F]/.test(text) ? [...walkTexts(value, "").take(MAX_VIOLATIONS)] : [];
}

function* walkTexts(value: JsonValue, pointer: string): Generator<Violation> {
  const detail = "is not a Unicode text: half a surrogate pair stands alone";
  if (typeof value === "string" && !value.isWellFormed()) yield { pointer, detail };
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const at = memberOf(pointer, name.toWellFormed());
    if (name.isWellFormed()) yield* walkTexts(member, at);
    else yield { pointer: at, detail };
  }
}
