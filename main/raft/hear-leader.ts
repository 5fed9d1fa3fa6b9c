/**
 * Word of a leader: AppendEntries, a heartbeat, or a chunk of a snapshot.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { AppendEntries, InstallSnapshot } from '../../shared/raft-message.ts';
import { whyDiskIsStuck } from './leader-contact.ts';
import { abandonForwardedReads, becomeFollower } from './roles.ts';
import { resetElectionTimer } from './state.ts';
import { checkPromise, emit, type StepContext } from './step-context.ts';
import { noteSuccessor } from './transfer.ts';

/** "While waiting for votes …": whoever sends AppendEntries of this term leads it (Raft §5.2). */
export function hearLeader(step: StepContext, from: NodeId): void {
  const { state } = step;
  const { role } = state;
  const reason = `two leaders in term ${state.term}: this server and node ${from}`;
  checkPromise(step, role.name !== 'leader', 'one leader in a term', reason);
  if (role.name !== 'follower') {
    becomeFollower(step, from, `node ${from} leads term ${state.term}`);
  } else if (role.leaderId !== from) {
    abandonForwardedReads(step, role);
    role.leaderId = from;
    emit(step, { type: 'leader-known', leaderId: from, term: state.term });
  }
  noteSuccessor(step, from);
  // Whatever it asked the others, the answer is here: there is a leader.
  if (state.role.name === 'follower') state.role.preVote = null;
  resetElectionTimer(state, step.nowNs);
  state.lastHeardNs = step.nowNs;
  state.leaderHeardNs = step.nowNs;
}

/** A disk that does not answer gets no more to do: what waits for it would grow for as long as it is stuck. */
export function isDiskStuck(step: StepContext, from: NodeId, { kind, term }: AppendEntries | InstallSnapshot): boolean {
  const reason = whyDiskIsStuck(step.state, step.nowNs);
  if (reason === undefined) return false;
  emit(step, { type: 'message-ignored', from, kind, term, reason });
  return true;
}
