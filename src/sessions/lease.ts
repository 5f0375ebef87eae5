/** How long something lives that nobody cares for. */
export interface Lease {
  /** When it is over, epoch milliseconds; null while it is held. */
  readonly expiresAt: number | null;
  /** Whether somebody holds it now. */
  readonly isHeld: boolean;
  /** Begins it anew. */
  renew(): void;
  /** Stops the clock until what is returned is called, once; then it begins anew. */
  hold(): () => void;
  /** It will not expire any more. */
  end(): void;
}

/** A lease that begins when it is first renewed. */
export function createLease(millis: number, onExpiry: () => void): Lease {
  let holders = 0;
  let isOver = false;
  let expiresAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function renew(): void {
    clearTimeout(timer);
    if (isOver || holders > 0) return;
    expiresAt = Date.now() + millis;
    timer = setTimeout(expire, millis);
  }

  function expire(): void {
    isOver = true;
    onExpiry();
  }

  return {
    get expiresAt() {
      return holders > 0 ? null : expiresAt;
    },
    get isHeld() {
      return holders > 0;
    },
    renew,
    hold() {
      let isHeld = true;
      holders++;
      clearTimeout(timer);
      return () => {
        if (!isHeld) return;
        isHeld = false;
        holders--;
        renew();
      };
    },
    end() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
