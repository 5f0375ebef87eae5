import { registerFilterServer } from "../src/commands/register-filter-server.ts";
import { registerMessageFilterClass } from "../src/commands/register-message-filter-class.ts";
import { brokerIdQuery, unknownBroker } from "../src/http/broker-target.ts";
import { FilterClassGiven, FilterClassInput, filterClassOf, filterServerAt } from "../src/http/filter-class.ts";
import { mannerQuery } from "../src/http/manner.ts";
import { needFilterClasses } from "../src/http/needs.ts";
import { BrokerResultsOf, fanOutAnswer } from "../src/http/results.ts";
import { answer, json, post, put } from "../src/http/route.ts";
import { HostAndPort, Type } from "../src/schema/types.ts";

const FilterServer = Type.Object(
  { filterServerAddr: HostAndPort("where consumers reach the filter server") },
  { additionalProperties: false },
);
const Registered = BrokerResultsOf(FilterServer.properties);

export const filterServers = [
  post("/brokers/{broker}/filter-servers", {
    summary: "Have a broker of 3.x tell consumers of a filter server, until 30 s pass without a repetition",
    calls: [registerFilterServer],
    query: brokerIdQuery,
    body: json(FilterServer),
    answers: { 200: answer("the broker tells of it in routes with its next registration", Registered) },
    problems: { ...unknownBroker, 501: "the broker is too new: since 4.0 none has filter servers" },
    async handle({ params: { broker }, query: { brokerId }, body }, { brokers }) {
      const targets = [await brokers.named(broker, brokerId)];
      return fanOutAnswer(await brokers.writeEach(targets, registerFilterServer, body), { body });
    },
  }),

  put("/filter-servers/{filterServer}/classes/{className}", {
    summary: "Give a filter server of 3.x the Java source of a consumer's filter, which it compiles and runs",
    calls: [registerMessageFilterClass],
    query: mannerQuery,
    body: json(FilterClassInput),
    answers: { 200: answer("the filter server has compiled it", FilterClassGiven) },
    problems: {
      403: "it is switched off, or no broker of the topic tells of such a filter server",
      404: "the name servers know no such topic",
      422: "the body isn't as it must be, or the source doesn't compile",
      501: "the topic's brokers are too new: since 4.0 none has filter servers",
    },
    check: needFilterClasses,
    async handle({ params: { filterServer, className }, query: { oneway }, body }, services) {
      const request = filterClassOf(className, body);
      const server = await filterServerAt(filterServer, body.topic, services);
      await services.brokers.writeTo(server, registerMessageFilterClass, request);
      const { body: _source, ...given } = request;
      return { status: oneway ? 202 : 200, body: { filterServerAddr: filterServer, ...given } };
    },
  }),
];
