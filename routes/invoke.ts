import { Invocation, Invoked, invocation } from "../src/http/invoke.ts";
import { answer, json, post } from "../src/http/route.ts";

export const invoke = [
  post("/invoke", {
    summary: "Send any request code to a name server or to a broker that the name servers know",
    body: json(Invocation),
    answers: { 200: answer("the answer, its code inside", Invoked), 202: answer("sent one-way", Invoked) },
    problems: {
      404: "the name servers know no such broker",
      502: "there is no connection to the server, or its answer can't be read",
      503: "too much is under way with the server, or no name server answers",
      504: "the server did not answer in time",
    },
    handle: ({ body }, services) => invocation(body, services),
  }),
];
