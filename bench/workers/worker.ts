/**
 * The side of a worker in the talk with the run: it prints `ready` after its first answer, and then for each line of
 * its standard input one line of JSON. It ends when its input does.
 */
export async function work(answer: (...words: string[]) => Promise<unknown>): Promise<void> {
  console.log("ready");
  for await (const line of console) console.log(JSON.stringify(await answer(...line.split(" "))));
  process.exit(0);
}

/** A worker whose lines are `concurrency millis` and whatever else it understands. */
export function loadOf(concurrency = "", millis = "") {
  return { concurrency: Number(concurrency), millis: Number(millis) };
}
