import type { HttpLoader } from "./rig/http-loader.ts";
import { medianOf } from "./statistics.ts";
import { subjects } from "./subjects.ts";

/** Milliseconds from the launch of each subject's process to its first answer, the median of so many, interleaved. */
export async function measureStarts(launches: number, nameServer: string, loader: HttpLoader) {
  const millis = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (let launch = 0; launch < launches; launch++) {
    for (const { name, start } of subjects) {
      const running = await start(nameServer, loader);
      millis.get(name)?.push(running.firstAnswerMillis);
      await running.stop();
    }
  }
  return Object.fromEntries([...millis].map(([name, each]) => [name, medianOf(each)]));
}
