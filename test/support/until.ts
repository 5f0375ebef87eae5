/** Resolves with what `look` gives as soon as that isn't false or undefined. Rejects when the time is over. */
export async function until<T>(
  what: string,
  look: () => T | false | undefined | Promise<T | false | undefined>,
  { withinMillis = 10_000, everyMillis = 20 } = {},
): Promise<T> {
  const deadline = performance.now() + withinMillis;
  for (;;) {
    const seen = await look();
    if (seen !== false && seen !== undefined) return seen;
    if (performance.now() > deadline) throw new Error(`Cannot see that ${what}: not within ${withinMillis} ms`);
    await Bun.sleep(everyMillis);
  }
}
