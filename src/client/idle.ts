import type { Session } from "../session/session.ts";

/** Closes a connection that was silent for a while, before the server does. */
export function closeWhenIdle(session: Session, idleMillis: number): void {
  let timer = setTimeout(check, idleMillis);

  function check(): void {
    const { pending, lastActivityAt } = session.stats;
    const left = lastActivityAt + idleMillis - Date.now();
    if (left <= 0 && pending === 0) session.close();
    // The clock may have been set back meanwhile: never later than a whole period.
    else timer = setTimeout(check, left > 0 ? Math.min(left, idleMillis) : idleMillis);
  }

  session.closed.then(() => clearTimeout(timer));
}
