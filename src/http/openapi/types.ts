/** What this gateway uses of OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1). */

/** A JSON Schema 2020-12, or a `$ref` to one of the components. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A body in one media type. */
export interface Content {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

/** A part of the components. */
export interface Reference {
  readonly $ref: string;
}

export interface RequestBody {
  readonly required: true;
  readonly content: Readonly<Record<string, Content>>;
}

export interface Header {
  readonly description: string;
  readonly schema: JsonSchema;
}

/** An answer, or a `$ref` to a problem of the components with what it means here. */
export interface OpenApiResponse {
  readonly $ref?: string;
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header | Reference>>;
  readonly content?: Readonly<Record<string, Content>>;
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly [string];
  readonly parameters: readonly (Parameter | Reference)[];
  readonly requestBody?: RequestBody;
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  /** The RocketMQ requests that it sends. */
  /** The requests that it sends. */
  readonly "x-rocketmq-commands": readonly { readonly code: number; readonly name: string }[];
  /** Those in whose place it sends others. */
  readonly "x-rocketmq-emulates": readonly { readonly code: number; readonly name: string }[];
  /** Those of brokers that it shows. */
  readonly "x-rocketmq-hears": readonly { readonly code: number; readonly name: string }[];
}

export interface Tag {
  readonly name: string;
  readonly description: string;
}

export type PathItem = Readonly<Partial<Record<"get" | "put" | "post" | "patch" | "delete", Operation>>>;

export interface OpenApi {
  readonly openapi: "3.1.1";
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly summary: string;
    readonly description: string;
    readonly license: { readonly name: string; readonly identifier: string };
  };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly Tag[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, OpenApiResponse>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly headers: Readonly<Record<string, Header>>;
    readonly securitySchemes: Readonly<Record<string, JsonSchema>>;
  };
}
