import type { ServerResponse } from "../errors.ts";
import { SYSTEM_ERROR } from "../wire/response-codes.ts";

/** What a refusal means that only its remark tells apart from a failure of the server. */
interface Meaning {
  readonly requestCodes: readonly number[];
  readonly remark: string;
  readonly status: number;
  readonly hint: string;
}

/** Servers answer code 1 for almost anything. One row a remark. */
const meanings: readonly Meaning[] = [
  {
    requestCodes: [206, 224, 311, 312, 313],
    remark: "disable",
    status: 403,
    hint: "The name server's enableAllTopicList or enableTopicList is false.",
  },
];

/** What the remark of a refusal says of it, undefined where the code says all. */
export function meaningOf({ code, remark, requestCode }: Partial<ServerResponse>): Meaning | undefined {
  if (code !== SYSTEM_ERROR || requestCode === undefined) return undefined;
  return meanings.find((each) => each.remark === remark && each.requestCodes.includes(requestCode));
}
