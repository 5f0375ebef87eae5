import { docs } from "../../routes/docs.ts";
import type { AnswerCase } from "../routes/name-server-cases.ts";

/** The page at /docs and its files: they are no JSON, so what they hold is looked at in docs.test.ts. */
export const docsCases: readonly AnswerCase[] = docs.map(({ path }) => ({
  answer: `GET ${path} 200`,
  act: async (ask) => ({ ...(await ask(`GET ${path}`)), body: { path } }),
  says: { path },
}));
