/**
 * What passes between a host (desktop, browser door, command line) and the lab's worker thread. A host decides nothing:
 * it makes the thread, hands it one MessagePort per page, and shows what it says.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Timings } from '../../shared/cluster-config.ts';

/** `workerData` of the lab's thread. */
export interface LabOptions {
  /** Where clusters are kept: `FOLDER/cluster-3/node-0`. Created when missing. */
  readonly folder: string;
  /** Start a cluster of this size at once; 0 starts none. */
  readonly nodes: number;
  /** In which world; the real one by default. */
  readonly world?: 'real' | 'simulated';
  /** Of that cluster: what is drawn comes from it. By chance by default. */
  readonly seed?: number;
  /** First port of the cluster; when the block is taken, the next free block is used and said. */
  readonly basePort: number;
  readonly timings: Timings;
  /** The application's version, for `welcome`. */
  readonly version: string;
}

export type ToLab =
  /** A page: frames of shared/bridge.ts as Uint8Array, both ways. The port is transferred; closing it is the goodbye. */
  | { readonly type: 'connect'; readonly port: MessagePort }
  /** Stop the cluster cleanly and end the thread. */
  | { readonly type: 'stop' };

export type FromLab =
  /** Pages may connect; the cluster, if one was asked for, is started or has said in `notice` why not. */
  | { readonly type: 'ready' }
  /** One line worth printing where the app was started. */
  | { readonly type: 'notice'; readonly text: string }
  /** The last message; the thread ends with code 0. */
  | { readonly type: 'ended' };
