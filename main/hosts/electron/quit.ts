/**
 * The end: the cluster is stopped before the process goes.
 */
import { app } from 'electron';
import type { LabThread } from '../lab-thread.ts';

/** Holds the end up until the lab has stopped, which takes a bounded time. */
export function setupQuit(lab: LabThread): void {
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void stopThenQuit();
  });
  const stopThenQuit = async (): Promise<void> => {
    await lab.stop();
    stopped = true;
    app.quit();
  };
  // On macOS too: a cluster that runs without a window would hold its ports where nobody sees it.
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
}
