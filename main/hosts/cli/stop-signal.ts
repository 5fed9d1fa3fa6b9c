/**
 * Being asked to stop: Ctrl-C, `kill`, the terminal closed.
 */

/** Under npm, Ctrl-C arrives twice: from the terminal and passed on by npm. What comes this soon is the same wish, ms. */
const sameWishMs = 500;

/** Calls `stop` at the first signal; a second one ends the process at once. */
export function onStopSignal(stop: () => void): void {
  let firstAtMs: number | undefined;
  for (const [signal, exitCode] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => {
      const nowMs = performance.now();
      if (firstAtMs === undefined) {
        firstAtMs = nowMs;
        stop();
      } else if (nowMs - firstAtMs > sameWishMs) {
        process.exit(exitCode);
      }
    });
  }
}
