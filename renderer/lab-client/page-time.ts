/** The page's clock and timers, as one argument: tests hand in their own. */
export interface PageTime {
  /** Milliseconds on a monotonic clock. */
  nowMs(): number;
  /** Runs `work` once before the next paint, or a little later when the page is hidden and nothing is painted. */
  onNextFrame(work: () => void): void;
  /** Runs `work` once after `delayMs`. @returns what cancels it. */
  after(delayMs: number, work: () => void): () => void;
}

/** A hidden page has no animation frames, and must still take in its stream. */
const hiddenFrameMs = 250;

export const browserTime: PageTime = {
  nowMs: () => performance.now(),
  onNextFrame(work) {
    let done = false;
    const once = (): void => {
      if (done) return;
      done = true;
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      work();
    };
    const frame = requestAnimationFrame(once);
    const timer = setTimeout(once, hiddenFrameMs);
  },
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};
