import { describe, expect, test } from "bun:test";
import { house, only, registeredAt } from "./support.ts";

describe("without force", () => {
  const answers: Record<string, { version?: number; changed: () => object; journal: string[]; needs: boolean | null }> =
    {
      "a server with the same DataVersion isn't sent anything": {
        changed: () => ({ extFields: { changed: "false" } }),
        journal: ["1 open", "1 101", "1 322"],
        needs: false,
      },
      "one with another is": {
        changed: () => ({ extFields: { changed: "true" } }),
        journal: ["1 open", "1 101", "1 322", "1 103"],
        needs: true,
      },
      "one that says neither is": { changed: () => ({}), journal: ["1 open", "1 101", "1 322", "1 103"], needs: true },
      "one that refuses the question is": {
        changed: () => ({ code: 3, remark: "no" }),
        journal: ["1 open", "1 101", "1 322", "1 103"],
        needs: true,
      },
      "3.2.6, which would be silent, isn't even asked": {
        version: 78,
        changed: () => ({}),
        journal: ["1 open", "1 101", "1 103"],
        needs: true,
      },
    };
  for (const [name, { changed, journal, needs, ...script }] of Object.entries(answers)) {
    test(name, async () => {
      const own = await house([{ ...script, handlers: { 322: changed } }]);
      const { isHeld, outcomes } = await own.register({}, { force: false });
      expect(isHeld).toBe(true);
      expect(outcomes.map((outcome) => outcome.ok && outcome.value.needRegister)).toEqual([needs]);
      expect(only(own).journal).toEqual(journal);
      await own.registrations.close(100);
    });
  }

  test("a server that holds it over a connection of ours that is soon to close hears of it all the same", async () => {
    const own = await house([{ handlers: { 322: () => ({ extFields: { changed: "false" } }) } }]);
    await own.register({}, { hold: false });
    await own.register({}, { force: false });
    expect(registeredAt(only(own))).toEqual(["b1 0"]);
    await only(own).saw("2 103", "1 close");
    expect(only(own).openCount).toBe(1);
    await own.registrations.close(100);
  });
});
