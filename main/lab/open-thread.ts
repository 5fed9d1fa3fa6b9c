/** Makes a node's thread, and hands on what it says and what becomes of it, as sentences for a person. */
import type { Worker } from 'node:worker_threads';
import type { FromNode } from '../node/worker-messages.ts';

export interface ThreadWatch {
  readonly onMessage: (message: FromNode) => void;
  readonly onUnreadable: (reason: string) => void;
  /** `onGone` follows. */
  readonly onDied: (reason: string) => void;
  readonly onGone: (exit: string) => void;
}

/** Undefined when it can't be made; that is told a moment later, like any other death. */
export function openThread(make: () => Worker, watch: ThreadWatch): Worker | undefined {
  let thread: Worker;
  try {
    thread = make();
  } catch (error) {
    watch.onDied(`Its thread could not be made: ${messageOf(error)}`);
    setImmediate(() => watch.onGone('no thread'));
    return undefined;
  }
  thread.on('message', watch.onMessage);
  thread.on('messageerror', (error) => watch.onUnreadable(`Its report could not be read: ${error.message}`));
  thread.on('error', (error) => watch.onDied(`Its thread died: ${messageOf(error)}`));
  thread.on('exit', (exitCode) => watch.onGone(`exit code ${exitCode}`));
  return thread;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
