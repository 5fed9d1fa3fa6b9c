import { describe, expect, it } from 'vitest';
import type { Configuration, Server } from '../../../shared/configuration.ts';
import { abandonChange, followersOf, inheritedChange } from '../../../main/raft/pending-change.ts';
import { beginStep } from '../../../main/raft/step-context.ts';
import { asLeader, leaderOf, stateOf } from '../../support/core-messages.ts';

const servers = (...ids: number[]): Server[] => ids.map((id) => ({ id, storage: 0 }));
const plain: Configuration = { voters: servers(0, 1), outgoing: [], learners: [] };
const joint: Configuration = { voters: servers(0, 3), outgoing: servers(0, 1, 2), learners: servers(4) };

function stateWith(configuration: Configuration, commitIndex: number) {
  const state = stateOf({ log: [1, 1], configurations: [{ index: 2, configuration }] });
  state.commitIndex = commitIndex;
  return state;
}

describe('what a new leader carries on', () => {
  it('a joint configuration, committed or not', () => {
    for (const commitIndex of [0, 2]) {
      expect(inheritedChange(stateWith(joint, commitIndex))).toMatchObject({
        ticket: null,
        phase: 'joint',
        index: 2,
        change: { voters: joint.voters, learners: joint.learners },
      });
    }
  });

  it('a final one that is not committed yet; a committed one is none of its business', () => {
    expect(inheritedChange(stateWith(plain, 1))).toMatchObject({ ticket: null, phase: 'final', index: 2 });
    expect(inheritedChange(stateWith(plain, 2))).toBeNull();
    expect(inheritedChange(stateOf())).toBeNull();
  });
});

describe('whom it replicates to', () => {
  it('all members, and those who may not know that they were removed', () => {
    expect(followersOf(stateWith(plain, 0))).toEqual([1, 2]);
    expect(followersOf(stateWith(plain, 2))).toEqual([1]);
    expect(followersOf(stateWith(joint, 2))).toEqual([3, 1, 2, 4]);
  });
});

describe('a leader that loses its office', () => {
  const abandoned = (ticket: number | null) => {
    const state = leaderOf();
    const role = asLeader(state);
    const change = { mode: 'joint', voters: servers(0), learners: [] } as const;
    role.change = { ticket, change, phase: 'joint', index: 1, catchUp: null };
    const step = beginStep(state, 0);
    abandonChange(step, role);
    abandonChange(step, role);
    return step.effects.outcomes;
  };

  it('says once that it does not know what becomes of the change', () => {
    expect(abandoned(7)).toMatchObject([{ ticket: 7, kind: 'unknown' }]);
  });

  it('and nothing of one that it had inherited', () => {
    expect(abandoned(null)).toEqual([]);
  });
});
