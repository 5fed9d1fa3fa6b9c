/**
 * Whoever carries out commands on a cluster and tells the stream of what happens: the lab with real nodes, and the
 * simulated one. Scenarios run on either. Callbacks, no promises: in a simulation nothing may happen between two events.
 */
import type { AnswerOf } from '../shared/bridge.ts';
import type { CommandOf, CommandType } from '../shared/command.ts';
import type { BenchEvent, LabEvent } from '../shared/event.ts';
import type { Result } from '../shared/result.ts';

export interface LabPort {
  /** Carries a command out and calls `done` exactly once; what can't be done is a `Failure`. */
  execute<Type extends CommandType>(command: CommandOf<Type>, done: (result: Result<AnswerOf<Type>>) => void): void;
  /** Merged events, in order, at least one at a time; what they are told leads to commands only later. @returns ends it. */
  subscribe(handler: (events: readonly LabEvent[]) => void): () => void;
  /** Reports something into the stream. */
  tell(event: BenchEvent): void;
  /** On the scale of `timeNs`. */
  nowNs(): number;
  /** Calls `run` once, so many milliseconds from now on the port's own clock. @returns takes it back. */
  after(delayMs: number, run: () => void): () => void;
}
