/** Resolves after a while, or as soon as the signal is aborted. */
export function pause(millis: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
    resolve();
  };
  const timer = setTimeout(end, millis);
  signal?.addEventListener("abort", end);
  return promise;
}
