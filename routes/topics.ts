import { TopicRouteData } from "../src/body/topic-route.ts";
import { getRouteInfoByTopic } from "../src/commands/get-route-info-by-topic.ts";
import type { AddressMap } from "../src/discovery/address-map.ts";
import { Fault } from "../src/errors.ts";
import { passedOn } from "../src/http/passed-on.ts";
import { answer, get } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";

/** The route with the addresses at which the gateway dials the brokers. */
function resolvedRoute(route: TopicRouteData, map: AddressMap): TopicRouteData {
  const brokerDatas = route.brokerDatas.map((data) => {
    const addresses = Object.entries(data.brokerAddrs).map(([id, address]) => [id, map(address)] as const);
    return { ...data, brokerAddrs: Object.fromEntries(addresses) };
  });
  return { ...route, brokerDatas };
}

export const topics = [
  get("/topics/{topic}/route", {
    summary: "The brokers and queues of a topic",
    calls: [getRouteInfoByTopic],
    query: {
      resolved: Type.Optional(
        Type.Boolean({ description: "with the addresses at which the gateway dials them; default as registered" }),
      ),
    },
    answers: { 200: answer("the TopicRouteData", TopicRouteData) },
    async handle({ params: { topic }, query: { resolved = false } }, { nameServers, addressMap }) {
      const reply = await nameServers.read(getRouteInfoByTopic, { topic });
      if (reply.command.body && !resolved) return passedOn(reply);
      if (reply.body) return { status: 200, body: resolvedRoute(reply.body, addressMap) };
      throw new Fault("undecodable", `Cannot read the route of ${topic}: the name server answered without one`);
    },
  }),
];
