import { limits } from "../limits.ts";
import { Type } from "../schema/types.ts";
import { type GivenMessage, MessageInput } from "../sending/spec.ts";
import { binaryEvent, isBinaryEvent, structuredEvent, structuredEvents } from "./cloud-event-input.ts";
import { statedByHeaders } from "./message-headers.ts";
import type { BodyForm, BodySpec } from "./route.ts";

/** Messages that come line by line. */
export interface MessageLines {
  readonly lines: ReadableStream<Uint8Array>;
}

export const NDJSON = "application/x-ndjson";

const lineTypes: ReadonlySet<string> = new Set([NDJSON, "application/ndjson", "application/jsonl"]);
/** What clients say of a body of which nobody has told them anything. */
const formTypes: ReadonlySet<string> = new Set(["application/x-www-form-urlencoded", "multipart/form-data"]);
const BYTES = "application/octet-stream";

const isJson = (type: string) => type === "application/json" || /^application\/[\w.-]+\+json$/.test(type);
const described = (description: string) => Type.String({ description });

/** Headers come first: what the body itself says counts where both say it. */
function joined(headers: Headers, message: GivenMessage): GivenMessage {
  const stated = statedByHeaders(headers);
  return { ...stated, ...message, properties: { ...stated.properties, ...message.properties } };
}

const binaryEventForm: BodyForm<GivenMessage> = {
  media: "*/*",
  schema: described(
    "the body of one message as it is; headers say the rest: rocketmq-tags, rocketmq-keys, rocketmq-property-NAME and " +
      "so on. With ce-* headers it is the data of a CloudEvent in binary mode",
  ),
  takes: (_type, headers) => isBinaryEvent(headers),
  read: async ({ headers, bytes }) => ({ ...joined(headers, binaryEvent(headers)), bytes: await bytes() }),
};

const rawForm: BodyForm<GivenMessage> = {
  ...binaryEventForm,
  takes: (type) => !isJson(type) && !formTypes.has(type),
  async read({ headers, bytes }) {
    const type = headers.get("content-type");
    const isTold = type !== null && !type.toLowerCase().startsWith(BYTES);
    const stated = statedByHeaders(headers);
    const properties = { ...(isTold && { "content-type": type }), ...stated.properties };
    return { ...stated, properties, bytes: await bytes() };
  },
};

const eventForm: BodyForm<GivenMessage> = {
  media: "application/cloudevents+json",
  schema: described("a CloudEvent in structured mode"),
  takes: (type) => type === "application/cloudevents+json",
  read: async ({ headers, bytes }) => joined(headers, structuredEvent(await bytes())),
};

const eventsForm: BodyForm<GivenMessage[]> = {
  media: "application/cloudevents-batch+json",
  schema: described("a list of CloudEvents"),
  takes: (type) => type === "application/cloudevents-batch+json",
  read: async ({ headers, bytes }) => structuredEvents(await bytes()).map((event) => joined(headers, event)),
};

const linesForm: BodyForm<MessageLines> = {
  media: NDJSON,
  schema: described(
    "a message in JSON on each line, as many as there are; what comes of each is one line of the answer",
  ),
  takes: (type) => lineTypes.has(type),
  read: ({ stream }) => ({ lines: stream ?? new Blob([]).stream() }),
};

const Messages = Type.Array(MessageInput, {
  minItems: 1,
  maxItems: limits.maxMessagesPerRequest,
  description: "messages that are sent in batches where brokers take them",
});

/** One message or many. */
export const messagesBody: BodySpec<GivenMessage | readonly GivenMessage[] | MessageLines> = {
  schema: Type.Union([MessageInput, Messages]),
  schemaFor: (value) => (Array.isArray(value) ? Messages : MessageInput),
  forms: [linesForm, binaryEventForm, eventForm, eventsForm, rawForm],
};

/** One message. */
export const messageBody: BodySpec<GivenMessage> = {
  schema: MessageInput,
  forms: [binaryEventForm, eventForm, rawForm],
};
