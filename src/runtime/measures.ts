import type { ClientStats } from "../client/client.ts";
import type { Hooks } from "../client/hooks.ts";
import { commandsOf } from "../commands/index.ts";
import { Fault } from "../errors.ts";
import type { Exchange } from "../gateway/observe.ts";
import type { About } from "../http/services.ts";
import { createCounter, createHistogram, metricsText, reading } from "../metrics.ts";
import type { SessionsStats } from "../sessions/api.ts";
import { formatAddress } from "../transport/address.ts";
import type { Address } from "../transport/socket.ts";
import type { RemotingCommand } from "../wire/remoting-command.ts";
import { responseCodes } from "../wire/response-codes.ts";

/** What is read at the moment of asking. */
export interface Readings {
  readonly client: ClientStats;
  readonly registrations: number;
  readonly sessions: SessionsStats;
  /** Answers that are still going on. */
  readonly streams: number;
  readonly nameServers: number;
  readonly about: About;
}

/** What a gateway counts. */
export interface Measures {
  /** Counts what goes to servers; those that aren't among these name servers are brokers. */
  hooksFor(nameServers: readonly Address[]): Hooks;
  onExchange(exchange: Exchange): void;
  /** All of it as Prometheus reads it. */
  text(readings: Readings): string;
}

const PREFIX = "rocketmq_gateway_";
/** From what a name server on the same machine takes, up to the longest that a caller may wait. */
const BOUNDS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];
const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"]);

export function createMeasures(): Measures {
  const startedMillis = Date.now();
  const requests = counter("http_requests_total", "HTTP requests answered.", ["method", "route", "status"]);
  const requestSeconds = seconds("http_request_duration_seconds", "Time to an HTTP response.", ["method", "route"]);
  const calls = counter("upstream_calls_total", "Requests sent to servers.", ["command", "target", "outcome"]);
  const callSeconds = seconds("upstream_call_duration_seconds", "Time to a server's reply.", ["command", "target"]);
  const connects = counter("upstream_connects_total", "Attempts to connect to servers.", ["target", "outcome"]);
  const asked = counter("broker_requests_total", "Requests that brokers sent to client sessions.", ["command"]);
  const counted = [requests, requestSeconds, calls, callSeconds, connects, asked];

  return {
    hooksFor(nameServers) {
      const known = new Set(nameServers.map(formatAddress));
      const kindOf = (target: string) => (known.has(target) ? "name-server" : "broker");
      return {
        asked({ code }) {
          asked.count(commandName(code));
        },
        connected(target, fault) {
          connects.count(kindOf(target), fault?.fault ?? "ok");
        },
        after({ code }, outcome, target, elapsedMillis) {
          const command = commandName(code);
          const kind = kindOf(target);
          calls.count(command, kind, outcomeName(outcome));
          callSeconds.observe(elapsedMillis / 1000, command, kind);
        },
      };
    },
    onExchange({ method: given, route: found, status, elapsedMillis }) {
      // A caller may make up both, and every new value would be kept for good.
      const method = METHODS.has(given) ? given : "other";
      const route = found ?? "none";
      requests.count(method, route, String(status));
      requestSeconds.observe(elapsedMillis / 1000, method, route);
    },
    text: ({ client, registrations, sessions, streams, nameServers, about: { version, runtime } }) =>
      metricsText([
        ...counted.map((each) => each.family()),
        read("gauge", "pending_requests", "Requests to servers that wait for a reply.", client.pending),
        read("gauge", "connections", "Open connections to servers that requests share.", client.connections),
        read("counter", "late_replies_total", "Replies that came after their time was over.", client.lateReplies),
        read("gauge", "registrations", "Broker registrations held.", registrations),
        read("gauge", "sessions", "Client sessions held.", sessions.sessions),
        read("gauge", "session_connections", "Open connections of client sessions to brokers.", sessions.connections),
        read("gauge", "streams", "Streams of events that are open.", streams),
        read("gauge", "name_servers", "Name servers configured.", nameServers),
        read("gauge", "start_time_seconds", "When the gateway started, since 1970.", startedMillis / 1000),
        read("gauge", "info", "Version of the gateway and its runtime.", 1, { version, runtime }),
      ]),
  };
}

function counter(name: string, help: string, labels: readonly string[]) {
  return createCounter(PREFIX + name, help, labels);
}

function seconds(name: string, help: string, labels: readonly string[]) {
  return createHistogram(PREFIX + name, help, labels, BOUNDS_SECONDS);
}

function read(type: "counter" | "gauge", name: string, help: string, value: number, labels?: Record<string, string>) {
  return reading(type, PREFIX + name, help, value, labels);
}

/** Its name, as long as the catalogue has it: a caller of /invoke may send any code. */
function commandName(code: number): string {
  return commandsOf(code).at(-1)?.name ?? "unknown";
}

/** `ok`, `oneway`, the name of the response code that refused, or of the fault. */
function outcomeName(outcome: RemotingCommand | Fault | null): string {
  if (outcome === null) return "oneway";
  if (outcome instanceof Fault) return outcome.fault;
  return outcome.code === 0 ? "ok" : (responseCodes[outcome.code] ?? "unknown");
}
