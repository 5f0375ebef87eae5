import type { ServerResponse } from "../errors.ts";
import { CONSUMER_NOT_ONLINE } from "../wire/response-codes.ts";
import { meaningOf } from "./remarks.ts";
import type { Method } from "./route.ts";

/** HTTP status by response code, for answers that aren't what a caller hoped for. What isn't listed is 502. */
const statusByCode: Readonly<Record<number, number>> = {
  1: 502,
  2: 503,
  3: 501,
  13: 422,
  14: 503,
  15: 501,
  16: 403,
  17: 404,
  18: 409,
  21: 416,
  22: 404,
  23: 400,
  24: 404,
  25: 409,
  26: 404,
  29: 400,
  206: 409,
  207: 504,
  208: 404,
  215: 429,
  604: 403,
  1500: 503,
};

const BAD_GATEWAY = 502;

type Refusal = Pick<ServerResponse, "code"> & Partial<ServerResponse>;

/** The HTTP status for a server's refusal. A consumer that isn't online is nothing to read, but a conflict on a write. */
export function statusOfResponse(refusal: Refusal, method: Method): number {
  const { code } = refusal;
  const meaning = meaningOf(refusal);
  if (meaning) return meaning.status;
  if (code === CONSUMER_NOT_ONLINE && method === "GET") return 404;
  return statusByCode[code] ?? BAD_GATEWAY;
}
