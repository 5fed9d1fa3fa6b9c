/** A world that can be opened and closed again: one of those that the page is shown. */
import type { BenchEvent } from '../../shared/event.ts';
import type { KeptStream, StreamSource } from '../session/keep-stream.ts';
import type { World } from './world.ts';

export interface OpenWorld extends Omit<World, 'onReplaced'> {
  readonly kind: 'real' | 'simulated';
  /** Reports something into its stream. */
  tell(event: BenchEvent): void;
  /** It is the one that pages look at from now on. */
  begin(): void;
  /** Stops what runs in it; its last events are told before. Never rejects. */
  close(): Promise<void>;
}

/** Keeps the stream of a world that has just been opened, and answers for it; `entry-bytes` is not asked of it. */
export type KeepStream = (stream: StreamSource, world: OpenWorld['kind']) => KeptStream;
