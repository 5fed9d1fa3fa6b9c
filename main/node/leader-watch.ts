import type { NodeId } from '../../shared/ids.ts';
import { knownLeader, type RaftState } from '../raft/state.ts';

/** Notices when another server leads, or another term. */
export class LeaderWatch {
  #leaderId: NodeId | null = null;
  #term = 0;

  /** @returns true when it is not as at the last look */
  hasChanged(state: RaftState): boolean {
    const leaderId = knownLeader(state);
    if (leaderId === this.#leaderId && state.term === this.#term) return false;
    this.#leaderId = leaderId;
    this.#term = state.term;
    return true;
  }
}
