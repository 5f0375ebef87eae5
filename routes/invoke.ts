import { Invocation, Invoked, invocation } from "../src/http/invoke.ts";
import { answer, json, post } from "../src/http/route.ts";

export const invoke = [
  post("/invoke", {
    summary: "Send any request code to a name server or to a broker that the name servers know",
    body: json(Invocation),
    answers: { 200: answer("the answer, its code inside", Invoked), 202: answer("sent one-way", Invoked) },
    handle: ({ body }, services) => invocation(body, services),
  }),
];
