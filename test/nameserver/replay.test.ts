import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { RemotingCommand } from "../../src/wire/remoting-command.ts";
import { comparable, expectedAnswer, ourAnswer } from "./replay/answers.ts";
import { differences, differently } from "./replay/differences.ts";
import { type Fact, factsOf, isReplayable } from "./replay/facts.ts";
import { replayer } from "./replay/replayer.ts";
import { startEmbedded } from "./support.ts";

/** When a real 5.5.0 stored a DataVersion that came without a timestamp. */
const now = 1_795_219_876_321;

/*
 * Real name servers of three generations were asked these questions, in this order. Here the embedded one is asked the
 * same. Its answers must mean the same, save for the differences that are listed with their reasons.
 */
for (const generation of ["5.5.0", "4.9.7", "3.2.6"] as const) {
  const facts = await factsOf(generation);

  describe(`asked what a real ${generation} was asked`, () => {
    const answers = new Map<Fact, RemotingCommand>();
    let embedded: Awaited<ReturnType<typeof startEmbedded>>;

    beforeAll(async () => {
      embedded = await startEmbedded({ now: () => now });
      const replay = replayer(generation, embedded.connect);
      for (const [index, fact] of facts.entries()) {
        await replay.bridge(index, fact);
        if (isReplayable(fact)) answers.set(fact, await replay.ask(fact));
      }
    });
    afterAll(() => embedded.server.close());

    for (const [index, fact] of facts.entries()) {
      if (!isReplayable(fact)) continue;
      test(`${index}: ${fact.code} ${fact.note}`, () => {
        const answer = answers.get(fact) as RemotingCommand;
        const ours = comparable(ourAnswer(answer), generation);
        const real = comparable(expectedAnswer(fact), generation);
        const difference = differences[generation].find(({ at }) => at === index);
        expect(answer.version).toBe(513);
        if (difference === undefined) expect(ours).toEqual(real);
        else {
          expect(difference.note).toBe(fact.note);
          expect(ours).not.toEqual(real);
          expect(ours).toEqual(comparable(differently(expectedAnswer(fact), difference), generation));
        }
      });
    }
  });
}
