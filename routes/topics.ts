import { TopicRouteData } from "../src/body/topic-route.ts";
import { getRouteInfoByTopic } from "../src/commands/get-route-info-by-topic.ts";
import { Fault } from "../src/errors.ts";
import { passedOn } from "../src/http/passed-on.ts";
import { answer, get } from "../src/http/route.ts";

export const topics = [
  get("/topics/{topic}/route", {
    summary: "The brokers and queues of a topic",
    calls: [getRouteInfoByTopic],
    answers: { 200: answer("the TopicRouteData", TopicRouteData) },
    async handle({ params }, { nameServers }) {
      const reply = await nameServers.read(getRouteInfoByTopic, params);
      if (reply.command.body) return passedOn(reply);
      throw new Fault("undecodable", `Cannot read the route of ${params.topic}: the name server answered without one`);
    },
  }),
];
