/** Bits of a topic's permission (PermName). */
const READ = 4;
const WRITE = 2;

export const READ_AND_WRITE = READ | WRITE;

export function withoutWrite(perm: number): number {
  return perm & ~WRITE;
}

export function isWritable(perm: number): boolean {
  return (perm & WRITE) !== 0;
}
