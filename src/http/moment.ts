import { Fault } from "../errors.ts";
import { epochMillisOf, NO_SUCH_DAY } from "../schema/moment.ts";

/** The same for the query parameter `name`. Throws `invalid-argument` where it states none. */
export function momentOf(text: string, name: string): number {
  const moment = epochMillisOf(text);
  if (moment !== undefined) return moment;
  throw new Fault("invalid-argument", `Cannot read the request: ?${name} ${NO_SUCH_DAY}`, {
    violations: [{ pointer: `?${name}`, detail: NO_SUCH_DAY }],
  });
}
