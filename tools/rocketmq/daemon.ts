/** A process that no signal meant for this one or its children reaches. */
export interface Daemon {
  readonly pid: number;
  /** Settles when the process has ended. */
  readonly exited: Promise<void>;
  /** Whether it has ended. */
  ended(): boolean;
  /** Sends it a signal, which nobody gets once it has ended. */
  signal(name: NodeJS.Signals): void;
}

export interface DaemonOptions {
  /** Its working directory, where `log.txt` collects what it prints and `pid` has its pid while it lives. */
  readonly folder: string;
  /** Added to this process's environment. */
  readonly env: Readonly<Record<string, string>>;
}

const shieldScript = `
trap '' INT TERM HUP
(trap - INT TERM HUP; exec "$@") </dev/null >>log.txt 2>&1 &
echo $! >pid
echo $!
exec >&-
wait
rm -f pid
`;

/**
 * Starts a process behind a shell that ignores signals. `bun test` sends SIGTERM to every child process when a test
 * has timed out, and one slow test must not take away the servers of all that follow; a terminal's Ctrl-C goes to
 * the whole process group, hence `detached`.
 */
export async function startDaemon(command: readonly string[], { folder, env }: DaemonOptions): Promise<Daemon> {
  const shield = Bun.spawn(["sh", "-c", shieldScript, "rocketmq-rig-shield", ...command], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "ignore",
    detached: true,
  });
  shield.unref();
  const pid = Number(await new Response(shield.stdout).text());
  let ended = false;
  return {
    pid,
    exited: shield.exited.then(() => {
      ended = true;
    }),
    ended: () => ended,
    signal(name) {
      try {
        process.kill(pid, name);
      } catch (error) {
        // It may have ended a moment before its shield.
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
      }
    },
  };
}
