import { ORDER_TOPIC_CONFIG } from "../src/body/kv-table.ts";
import { getKvListByNamespace } from "../src/commands/get-kv-list-by-namespace.ts";
import { Fault } from "../src/errors.ts";
import { answer, get } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";

const name = Type.String();
const version = Type.String({ description: "version of the gateway" });
const Version = Type.Object({ name, version, runtime: Type.String({ description: "what it runs on" }) });
const Links = Type.Object({
  name,
  version,
  description: Type.String(),
  links: Type.Record(Type.String(), Type.String()),
});
const Status = Type.Object({ status: Type.String() });

export const about = [
  get("/", {
    summary: "What this is",
    answers: { 200: answer("name, version and links", Links) },
    handle: (_request, { about: { name, version } }) => ({
      status: 200,
      body: {
        name,
        version,
        description: "An HTTP gateway to Apache RocketMQ",
        links: {
          clusters: "/clusters",
          brokers: "/brokers",
          register: "/brokers/register",
          registrations: "/brokers/registrations",
          topics: "/topics",
          route: "/topics/{topic}/route",
          kv: "/kv/{namespace}/{key}",
          sessions: "/sessions",
          nameServers: "/name-servers",
          nameServerDiff: "/name-servers/diff",
          health: "/healthz",
          ready: "/readyz",
          version: "/version",
          metrics: "/metrics",
          codes: "/codes",
          openapi: "/openapi.json",
          docs: "/docs",
        },
      },
    }),
  }),

  get("/version", {
    summary: "The version of the gateway",
    answers: { 200: answer("name, version and runtime", Version) },
    handle: (_request, services) => ({ status: 200, body: services.about }),
  }),

  get("/healthz", {
    summary: "Whether the process is alive",
    answers: { 200: answer("it is", Status) },
    access: "open",
    hasText: true,
    handle: () => ({ status: 200, body: { status: "ok" }, text: "ok\n" }),
  }),

  get("/readyz", {
    summary: "Whether a name server answers",
    calls: [getKvListByNamespace],
    answers: { 200: answer("one does", Status) },
    access: "open",
    hasText: true,
    async handle(_request, { nameServers, limits }) {
      try {
        await nameServers.read(getKvListByNamespace, { namespace: ORDER_TOPIC_CONFIG }, limits.readyTimeoutMillis);
      } catch (error) {
        if (!(error instanceof Fault) || error.fault === "internal") throw error;
        // An answer of any code is an answer.
        if (error.fault !== "refused") {
          throw new Fault("unavailable", "Cannot reach a name server: none of them answers", { cause: error });
        }
      }
      return { status: 200, body: { status: "ready" }, text: "ready\n" };
    },
  }),
];
