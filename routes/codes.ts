import { Fault } from "../src/errors.ts";
import { CodeJson, codesJson, responseCodesJson } from "../src/http/codes.ts";
import { ListOf } from "../src/http/list.ts";
import { answer, get, type Route } from "../src/http/route.ts";
import { toInt64 } from "../src/schema/integer.ts";
import { Int32, Type } from "../src/schema/types.ts";

const ResponseCode = Type.Object({ code: Int32("response code"), name: Type.String() });
const Meanings = Type.Object({ code: Int32("request code"), meanings: Type.Array(CodeJson) });

/** The catalogue of codes, with the operations of the API that send each. */
export function codesOf(routes: readonly Route[]): Route[] {
  return [
    get("/codes", {
      summary: "Every request code of RocketMQ, all in one page",
      answers: { 200: answer("the catalogue", ListOf(CodeJson)) },
      handle: () => ({ status: 200, body: { data: codesJson(routes), next: null } }),
    }),

    get("/codes/{code}", {
      summary: "A request code with its meanings: a few have another one in another generation or at another server",
      answers: { 200: answer("the code", Meanings) },
      handle: ({ params }) => {
        const code = toInt64(params.code);
        const meanings = codesJson(routes).filter((each) => each.code === code);
        if (typeof code === "number" && meanings.length > 0) return { status: 200, body: { code, meanings } };
        throw new Fault("not-found", `Cannot find request code ${params.code}: no generation defines it`);
      },
    }),

    get("/response-codes", {
      summary: "Every response code of RocketMQ",
      answers: { 200: answer("the codes", ListOf(ResponseCode)) },
      handle: () => ({ status: 200, body: { data: responseCodesJson(), next: null } }),
    }),
  ];
}
