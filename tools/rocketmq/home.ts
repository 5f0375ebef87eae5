import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A temporary folder that one Java process has for itself. */
export interface Home {
  readonly folder: string;
  /** The text with every `{folder}` replaced by the path of this folder. */
  fill(text: string): string;
  /** Deletes the folder with all that is in it. */
  remove(): Promise<void>;
}

/**
 * Makes a folder with these files in it, by relative path. `{folder}` in a text is replaced. When this process ends
 * without having removed the folder, it is removed all the same, and the process whose pid is in its file `pid`, if
 * there is one, is killed.
 */
export async function makeHome(files: Readonly<Record<string, string>>): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), "rocketmq-rig-"));
  const fill = (text: string) => text.replaceAll("{folder}", folder);
  const releaseGuard = startGuard(folder);
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await Bun.write(path, fill(text));
  }
  return {
    folder,
    fill,
    async remove() {
      await rm(folder, { recursive: true, force: true });
      await releaseGuard();
    },
  };
}

// A line of input says that all is done, its end that our process is gone. The subshell is what lives on: `bun test
// --no-orphans` has its children killed with it, but only those. A process that is being killed may still write a file
// while rm works its way through, hence the repetition.
const guardScript = `
trap '' INT TERM HUP
exec 3<&0
(
  read -r _ <&3 && exit
  [ ! -f "$1/pid" ] || kill -9 "$(cat "$1/pid")"
  for _ in 1 2 3 4 5 6 7 8 9; do rm -rf "$1" && break; sleep 0.2; done
) &
wait
`;

/**
 * A shell that waits for its standard input to end, which happens exactly when this process is gone, however that
 * came about: at its end, by an uncaught error, Ctrl-C or kill -9. Nothing inside this process could do that; `bun
 * test` does not even run exit hooks. It ignores SIGTERM, which `bun test` sends to every child after a timed out test.
 */
function startGuard(folder: string): () => Promise<void> {
  const shell = Bun.spawn(["sh", "-c", guardScript, "rocketmq-rig-guard", folder], {
    stdin: "pipe",
    stdout: "ignore",
    stderr: "ignore",
    detached: true,
  });
  shell.unref();
  return async () => {
    shell.stdin.write("\n");
    shell.stdin.end();
    await shell.exited;
  };
}
