/**
 * The lab's worker thread as a host sees it: start it, hand it one port per page, print what it says, stop it in time.
 */
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { FromLab, LabOptions, ToLab } from '../bridge/host-messages.ts';
import { assertNever } from '../../shared/assert.ts';
import { unpackedUrl } from './built-files.ts';

/** How long the lab may take to stop its cluster cleanly before its thread is ended by force, ms. */
export const labStopTimeoutMs = 5_000;

export interface LabThreadSettings {
  readonly options: LabOptions;
  /** One line worth printing where the app was started. */
  readonly onNotice: (text: string) => void;
  /** The thread has ended without being asked to; `reason` is a sentence for a person. Called at most once. */
  readonly onFailure: (reason: string) => void;
  /** The lab's code; by default the built worker beside this module. */
  readonly workerUrl?: URL;
  /** By default `labStopTimeoutMs`. */
  readonly stopTimeoutMs?: number;
}

export interface LabThread {
  /** Resolves once the cluster that was asked for is started, or has said in a notice why not; also when the lab has ended. */
  readonly ready: Promise<void>;
  /** A page's port, carrying frames of shared/bridge.ts as Uint8Array. Closing it is the goodbye. Undefined when the lab has ended. */
  connect(): MessagePort | undefined;
  /** Stops the cluster and ends the thread; never rejects, and takes at most `stopTimeoutMs`. */
  stop(): Promise<void>;
}

/** Starts the lab in a thread of its own. */
export function startLabThread(settings: LabThreadSettings): LabThread {
  const worker = new Worker(settings.workerUrl ?? unpackedUrl(new URL('./lab-worker.mjs', import.meta.url)), {
    workerData: settings.options,
    execArgv: [],
    name: 'lab',
  });
  const send = (message: ToLab, transfer: readonly MessagePort[] = []): void => worker.postMessage(message, transfer);
  let ended = false;
  let crash: string | undefined;
  let stopping: Promise<void> | undefined;

  const exited = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      ended = true;
      resolve();
      if (stopping === undefined) settings.onFailure(crash ?? `the lab's thread ended with code ${code}`);
    });
  });
  worker.on('error', (error) => {
    crash = error instanceof Error ? error.message : String(error);
  });
  const ready = new Promise<void>((resolve) => {
    void exited.then(resolve);
    worker.on('message', (message: FromLab) => {
      if (message.type === 'ready') resolve();
      else if (message.type === 'notice') settings.onNotice(message.text);
      else if (message.type === 'ended') ended = true;
      else assertNever(message, 'a message from the lab');
    });
  });

  return {
    ready,
    connect() {
      if (ended || stopping !== undefined) return undefined;
      const { port1, port2 } = new MessageChannel();
      send({ type: 'connect', port: port2 }, [port2]);
      return port1;
    },
    stop() {
      if (ended) return exited;
      if (stopping === undefined) {
        stopping = within(settings.stopTimeoutMs ?? labStopTimeoutMs, exited, () => void worker.terminate());
        send({ type: 'stop' });
      }
      return stopping;
    },
  };
}

/** Waits for `done`; after `timeoutMs` calls `force`, which brings it about. */
async function within(timeoutMs: number, done: Promise<void>, force: () => void): Promise<void> {
  const timer = setTimeout(force, timeoutMs);
  try {
    await done;
  } finally {
    clearTimeout(timer);
  }
}
