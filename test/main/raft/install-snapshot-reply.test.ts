import { describe, expect, it } from 'vitest';
import { votersOnly, type SnapshotMeta } from '../../../shared/configuration.ts';
import type { RaftState } from '../../../main/raft/state.ts';
import { step } from '../../../main/raft/step.ts';
import {
  accepted,
  asLeader,
  eventsOf,
  followerOf,
  leaderOf,
  receive,
  refused,
  sent,
  snapshotAnswer,
} from '../../support/core-messages.ts';

const snapshot: SnapshotMeta = {
  lastIncludedIndex: 10,
  lastIncludedTerm: 1,
  configuration: votersOnly([0, 1, 2]),
  configurationIndex: 0,
  totalBytes: 250,
};

/** It sends node 1 the first of three chunks. */
function sendingLeader(): { readonly state: RaftState; readonly round: number } {
  const tuning = { snapshotChunkBytesMax: 100 };
  const state = leaderOf({ compacted: { index: 10, term: 1 }, snapshot, log: [1, 1, 1], tuning });
  receive(state, 1, refused({ round: state.nextRound - 1, conflictIndex: 1 }));
  return { state, round: state.nextRound - 1 };
}

function offsetsSent(state: RaftState, answer: Parameters<typeof snapshotAnswer>[0]): number[] {
  const effects = receive(state, 1, snapshotAnswer(answer));
  return sent(effects, 'install-snapshot').map(({ message }) => message.offset);
}

describe('the answer to a chunk', () => {
  it('brings the next, up to the last', () => {
    const { state, round } = sendingLeader();
    expect(offsetsSent(state, { round, nextOffset: 100 })).toEqual([100]);
    const effects = receive(state, 1, snapshotAnswer({ round: round + 1, nextOffset: 200 }));
    expect(sent(effects, 'install-snapshot')).toMatchObject([{ message: { offset: 200, byteCount: 50 } }]);
  });

  it('that comes twice is ignored the second time', () => {
    const { state, round } = sendingLeader();
    offsetsSent(state, { round, nextOffset: 100 });
    const again = receive(state, 1, snapshotAnswer({ round, nextOffset: 100 }));
    expect(again.sends).toEqual([]);
    expect(eventsOf(again, 'message-ignored')).toMatchObject([{ kind: 'install-snapshot-reply' }]);
  });

  it('that crosses the repeated chunk counts: a slow link must not starve the transfer', () => {
    const { state, round } = sendingLeader();
    step(state, { type: 'deadline-passed' }, asLeader(state).heartbeatDeadlineNs);
    expect(offsetsSent(state, { round, nextOffset: 100 })).toEqual([100]);
    const repeated = asLeader(state).progress.get(1)?.snapshot?.round ?? 0;
    // The answer to the repeated first chunk says nothing new.
    expect(offsetsSent(state, { round: repeated - 1, nextOffset: 100 })).toEqual([]);
  });

  it('goes back when the follower has lost what it had, and only on an answer to the latest chunk', () => {
    const { state, round } = sendingLeader();
    offsetsSent(state, { round, nextOffset: 100 });
    expect(offsetsSent(state, { round, nextOffset: 0 })).toEqual([]);
    expect(offsetsSent(state, { round: round + 1, nextOffset: 0 })).toEqual([0]);
  });

  it('skips what the follower got from another leader', () => {
    const { state, round } = sendingLeader();
    expect(offsetsSent(state, { round, nextOffset: 200 })).toEqual([200]);
  });

  it('of another snapshot, or of an earlier term, is ignored', () => {
    const { state, round } = sendingLeader();
    for (const answer of [{ lastIncludedIndex: 9 }, { lastIncludedTerm: 2 }, { term: 1 }]) {
      expect(offsetsSent(state, { round, nextOffset: 100, ...answer })).toEqual([]);
    }
    expect(asLeader(state).progress.get(1)).toMatchObject({ mode: 'snapshot', snapshot: { offset: 0 } });
  });

  it('of a server that is not replicated to, or to one that does not lead, is ignored', () => {
    const { state } = sendingLeader();
    const stranger = receive(state, 8, snapshotAnswer({ installed: true }));
    expect(eventsOf(stranger, 'message-ignored')).toMatchObject([{ reason: 'I do not replicate to node 8' }]);
    const follower = receive(followerOf({ term: 2 }), 1, snapshotAnswer({ installed: true }));
    expect(eventsOf(follower, 'message-ignored')).toMatchObject([{ reason: 'I am a follower in term 2' }]);
  });
});

describe('the snapshot is on the disk of the follower', () => {
  it('so it counts as a copy of everything before, and the log follows', () => {
    const { state, round } = sendingLeader();
    const effects = receive(state, 1, snapshotAnswer({ round, nextOffset: 250, installed: true }));
    expect(asLeader(state).progress.get(1)).toMatchObject({ matchIndex: 10, mode: 'probe', snapshot: null });
    expect(sent(effects, 'append-entries')).toMatchObject([
      { to: 1, message: { prevLogIndex: 10, prevLogTerm: 1, entryCount: 4 } },
    ]);
    receive(state, 1, accepted({ round: state.nextRound - 1, matchIndex: 14 }));
    expect(state.commitIndex).toBe(14);
  });

  it('a late answer of an earlier transfer changes nothing any more', () => {
    const { state, round } = sendingLeader();
    receive(state, 1, snapshotAnswer({ round, nextOffset: 250, installed: true }));
    receive(state, 1, accepted({ round: state.nextRound - 1, matchIndex: 14 }));
    const before = structuredClone(asLeader(state).progress.get(1));
    receive(state, 1, snapshotAnswer({ round, nextOffset: 250, installed: true }));
    expect(asLeader(state).progress.get(1)).toEqual(before);
  });

  it('a follower that got there by other ways needs no snapshot any more', () => {
    const { state } = sendingLeader();
    const effects = receive(state, 1, accepted({ round: state.nextRound - 1, matchIndex: 12 }));
    expect(sent(effects, 'append-entries')).toMatchObject([{ message: { prevLogIndex: 12, entryCount: 2 } }]);
    expect(asLeader(state).progress.get(1)).toMatchObject({ snapshot: null, matchIndex: 12 });
  });
});

it('any answer to a chunk proves office, for reads and leases', () => {
  const { state, round } = sendingLeader();
  receive(state, 2, accepted({ round: round - 1, matchIndex: 14 }));
  step(state, { type: 'read', tickets: [1], mode: 'linearizable' }, 0);
  const { reads } = receive(state, 1, snapshotAnswer({ round: state.nextRound - 1, nextOffset: 100 }));
  expect(reads).toMatchObject([{ kind: 'confirmed', readIndex: 14 }]);
});
