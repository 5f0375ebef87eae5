import type { RemotingCommand } from "../../../src/wire/remoting-command.ts";
import type { Generation } from "../../../src/wire/versions.ts";
import type { Fact, RealAnswer } from "./facts.ts";
import { hasBareKeys, meaningOf } from "./meaning.ts";

/** What is compared of an answer. */
export function comparable(answer: Partial<RealAnswer>, generation: Generation) {
  const { code, extFields = null, bodyText } = answer;
  return {
    code,
    remark: remarkOf(answer),
    extFields,
    body: bodyText === undefined ? null : meaningOf(bodyText, generation),
    bareKeys: bodyText !== undefined && hasBareKeys(bodyText),
  };
}

/** An exception's text is its class, its message and a place in a Java file: only that there was one is compared. */
function remarkOf({ code, remark = null }: Partial<RealAnswer>): string | null {
  const isException = code === 1 && /^(Cannot serve |[\w.]+Exception: )/.test(remark ?? "");
  return isException ? "exception" : remark;
}

export function ourAnswer({ code, remark, extFields, body }: RemotingCommand): RealAnswer {
  const text = body && new TextDecoder().decode(body);
  return { code, remark, extFields, ...(text && { bodyText: text }) };
}

/** What the embedded server should answer where it behaves as 5.5.0 and the fact is an older generation's. */
export function expectedAnswer({ code, response }: Fact): Partial<RealAnswer> {
  if (response.noReply !== undefined) return { code: 3, remark: ` request type ${code} not supported` };
  const { remark } = response;
  // Each generation names another page; and 5.5.0 has this remark where a handler forgot to set the code.
  const today = remark?.replace(/See http\S+/, "See https://rocketmq.apache.org/docs/bestPractice/06FAQ") ?? null;
  return { ...response, remark: today === "not set any response code" ? null : today };
}
