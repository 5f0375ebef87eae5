import type { BodyCodec } from "../body/codec.ts";
import type { Fields } from "../schema/fields.ts";
import { type Generation, generationOf } from "../wire/versions.ts";

/** Who a request goes to. A client is served by brokers only in the sense that they start the request. */
export type Server = "name-server" | "broker" | "client" | "filter-server" | "proxy" | "controller";

/** Which server answers the code in which generation. */
export type ServedBy = { readonly [G in Generation]?: readonly Server[] };

interface Half<F extends Fields, B> {
  /** Header fields by their Java names. */
  readonly header: F;
  readonly body?: BodyCodec<B>;
}

/** What one request code means: the codec, the catalogue and the routes that use it all follow from this. */
export interface Command<Q extends Fields = Fields, QB = unknown, R extends Fields = Fields, RB = unknown> {
  readonly code: number;
  /** Its name in RequestCode. */
  readonly name: string;
  /** Its name there in 3.2.6, where that is another one. */
  readonly formerly?: string;
  readonly description: string;
  readonly servedBy: ServedBy;
  readonly request: Half<Q, QB>;
  readonly response: Half<R, RB>;
  /** Its encoding depends on the server's version, so that must be known before it is sent. */
  readonly versioned: boolean;
  /** Its receiver never answers it, whatever the flag of the request says. */
  readonly oneWay: boolean;
  /** What to do where it isn't served, as a sentence. */
  readonly instead?: string | undefined;
  /** Response codes besides SUCCESS that say that it was done. */
  readonly alsoDone?: readonly number[];
}

/** What a message about a command needs of it, whatever its types. */
export type CommandName = Pick<Command, "code" | "name">;

interface Definition<Q extends Fields, QB, R extends Fields, RB> {
  readonly code: number;
  readonly name: string;
  readonly formerly?: string;
  readonly description: string;
  readonly servedBy: ServedBy;
  readonly request?: { readonly header?: Q; readonly body?: BodyCodec<QB> };
  readonly response?: { readonly header?: R; readonly body?: BodyCodec<RB> };
  readonly versioned?: boolean;
  readonly oneWay?: boolean;
  readonly instead?: string;
  readonly alsoDone?: readonly number[];
}

/** No header fields. */
export type NoFields = Record<never, never>;

/** Defines a command. */
export function command<Q extends Fields = NoFields, QB = never, R extends Fields = NoFields, RB = never>(
  definition: Definition<Q, QB, R, RB>,
): Command<Q, QB, R, RB> {
  const { request, response, versioned = false, oneWay = false, ...rest } = definition;
  return {
    ...rest,
    versioned,
    oneWay,
    request: { ...request, header: request?.header ?? ({} as Q) },
    response: { ...response, header: response?.header ?? ({} as R) },
  };
}

const everyGeneration = ["3.2.6", "4.9.7", "5.5.0"] as const;

/** Served by this kind of server in these generations, or in all when none is named. */
export function on(server: Server, ...generations: readonly Generation[]): ServedBy {
  const named = generations.length > 0 ? generations : everyGeneration;
  return Object.fromEntries(named.map((generation) => [generation, [server]]));
}

/** Codes that RequestCode names though no server of the three generations answers them. */
export const nowhere: ServedBy = {};

/** Whether a server of this kind and version answers the command at all. One that hasn't told its version may. */
export function isServedAt(
  { servedBy }: Pick<Command, "servedBy">,
  kind: Server,
  version: number | undefined,
): boolean {
  return version === undefined || (servedBy[generationOf(version)]?.includes(kind) ?? false);
}

/** Whether servers of this kind answer the command in every generation. */
export function isServedByAll({ servedBy }: Pick<Command, "servedBy">, kind: Server): boolean {
  return everyGeneration.every((generation) => servedBy[generation]?.includes(kind));
}
