/** What a workload needs of the world: servers to ask, a clock, and somebody who is told. */
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { WorkloadEvent } from '../../shared/workload.ts';

/** One send of one request. */
export interface WorkloadAsk {
  readonly node: NodeId;
  /** Whose request it is: 0, 1, 2 … */
  readonly client: number;
  readonly request: ClientRequest;
  /** After this the node answers that it has no answer. */
  readonly timeoutMs: number;
}

/** Callbacks, no promises: in a simulation nothing may happen between two events. */
export interface WorkloadPort {
  /** Asks a server, and calls `done` exactly once, never before `ask` has returned. A server that does not run is a failure. */
  ask(ask: WorkloadAsk, done: (result: Result<ClientAnswer>) => void): void;
  /** Calls `run` once, so many milliseconds from now. @returns takes it back. */
  after(delayMs: number, run: () => void): () => void;
  nowNs(): number;
  /** Who leads, as far as is known. */
  leader(): NodeId | undefined;
  /** Who runs, in ascending order. */
  nodes(): readonly NodeId[];
  tell(event: WorkloadEvent): void;
}
