import { certificates } from "./certificates.ts";
import { startPeers } from "./peers.ts";
import type { Runner } from "./register.ts";
import type { Job, Outcome } from "./runner.ts";
import type { Case } from "./subject.ts";

async function* lines(stream: ReadableStream<Uint8Array>) {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    const parts = (text + decoder.decode(chunk, { stream: true })).split("\n");
    text = parts.pop() ?? "";
    yield* parts;
  }
}

/**
 * Runs the cases in a process of another runtime, against peers in this one: starts the command with the job as its
 * last argument and reads a line of JSON for each outcome.
 */
export async function startProcess(command: readonly string[], cases: readonly Case[]): Promise<Runner> {
  const { peers, stop } = await startPeers();
  const job: Job = { setting: { peers, certificates }, names: cases.map(({ name }) => name) };
  const running = Bun.spawn([...command, JSON.stringify(job)], { stdout: "pipe", stderr: "pipe" });
  const outcomes = new Map(job.names.map((name) => [name, Promise.withResolvers<Outcome>()]));
  const giveUp = (why: unknown) => {
    for (const { promise, reject } of outcomes.values()) {
      // It may not have been asked for yet.
      promise.catch(() => {});
      reject(why);
    }
  };

  const read = async () => {
    const errors = new Response(running.stderr).text();
    for await (const line of lines(running.stdout)) {
      const outcome: Outcome = JSON.parse(line);
      outcomes.get(outcome.name)?.resolve(outcome);
    }
    giveUp(new Error(`the process ended with ${await running.exited} before this case: ${await errors}`));
  };
  read().catch(giveUp);

  return {
    outcome: ({ name }) => outcomes.get(name)?.promise ?? Promise.reject(new Error(`not in the job: ${name}`)),
    stop() {
      running.kill();
      stop();
    },
  };
}
