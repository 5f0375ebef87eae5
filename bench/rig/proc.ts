/**
 * What Linux says of a process in /proc (proc_pid_stat(5), proc_pid_status(5)).
 * @module
 */
import { readFileSync } from "node:fs";

/** USER_HZ, 100 on every Linux that Bun and Java run on. */
const TICK_MICROS = 10_000;
/** Long beside a tick. */
const QUIET_MILLIS = 300;

/** CPU time that a process with all its threads has used so far, in microseconds, in steps of 10 ms. */
export function cpuMicros(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name, in parentheses, may hold blanks; behind it utime and stime are the 12th and 13th.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROS;
}

/** Memory of a process in bytes: resident now, the part of it that is its own and no file's, and the most ever. */
export function memoryOf(pid: number): { residentBytes: number; ownBytes: number; peakBytes: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1_024;
  return { residentBytes: bytes("VmRSS"), ownBytes: bytes("RssAnon"), peakBytes: bytes("VmHWM") };
}

/** CPU time that the whole machine has used so far, in microseconds: all but idling and waiting for disks (proc_stat(5)). */
export function machineMicros(): number {
  const [, user, nice, system, , , irq, softirq] = readFileSync("/proc/stat", "utf8").split(/\s+/, 9).map(Number);
  return ((user ?? 0) + (nice ?? 0) + (system ?? 0) + (irq ?? 0) + (softirq ?? 0)) * TICK_MICROS;
}

/** Resolves once the machine does less than this many cores' work, or when so many milliseconds have passed. */
export async function untilQuiet(cores: number, withinMillis: number): Promise<void> {
  const deadline = performance.now() + withinMillis;
  while (performance.now() < deadline) {
    const [startedAt, before] = [performance.now(), machineMicros()];
    await Bun.sleep(QUIET_MILLIS);
    if ((machineMicros() - before) / 1_000 / (performance.now() - startedAt) < cores) return;
  }
}
