/** What passes between the benchmark and the thread of one of its servers. */
import type { NodeOptions } from '../node/worker-messages.ts';
import type { LoadOptions, LoadResult } from './load.ts';

export type BenchNodeData = NodeOptions;

export type ToBenchNode =
  /** Puts a load on this server from inside its thread; it should lead. */
  { readonly type: 'load'; readonly options: LoadOptions } | { readonly type: 'measure' } | { readonly type: 'stop' };

export type FromBenchNode =
  | { readonly type: 'ready' }
  | { readonly type: 'leading'; readonly isLeader: boolean }
  | { readonly type: 'loaded'; readonly result: LoadResult }
  /** What the thread has cost so far: bytes of its heap and of all buffers, CPU time of the process in ms. */
  | { readonly type: 'measured'; readonly heapBytes: number; readonly externalBytes: number }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'stopped' };
