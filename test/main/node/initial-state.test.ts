import { describe, expect, it } from 'vitest';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { votersOnly } from '../../../shared/configuration.ts';
import { describeRecovered, recoverState } from '../../../main/node/initial-state.ts';
import type { RecoveredState } from '../../../main/ports.ts';
import { termAt } from '../../../main/raft/log-shape.ts';
import { configurationOf } from '../../../main/raft/state.ts';

const settings = { id: 1, voters: [0, 1, 2], timings: paperTimings, seed: 5 };

const empty: RecoveredState = {
  storageId: '0000000a-000b-4000-8000-000000000000',
  boot: 3,
  hardState: { term: 4, votedFor: 2 },
  snapshot: null,
  compacted: { index: 0, term: 0 },
  lastIndex: 0,
  termRuns: [],
  entrySizes: [],
  configurations: [],
  repairs: [],
};

const snapshot = {
  lastIncludedIndex: 7,
  lastIncludedTerm: 2,
  configuration: votersOnly([0, 1]),
  configurationIndex: 5,
  totalBytes: 10,
};

const full: RecoveredState = {
  ...empty,
  snapshot,
  compacted: { index: 6, term: 2 },
  lastIndex: 9,
  termRuns: [{ term: 2, firstIndex: 7 }],
  entrySizes: [80, 80, 80],
  configurations: [{ index: 9, configuration: votersOnly([0, 1, 2, 3]) }],
};

describe('a server', () => {
  it('that starts for the first time goes by the list that it was given', () => {
    const state = recoverState(settings, empty, 100);
    expect(state).toMatchObject({ id: 1, storage: 0x0a_000b, term: 4, votedFor: 2, commitIndex: 0, rulesOff: [] });
    expect(configurationOf(state)).toEqual(votersOnly([0, 1, 2]));
  });

  it('that starts again goes by snapshot and log', () => {
    const state = recoverState({ ...settings, rulesOff: ['pre-vote'] }, full, 100);
    expect(state).toMatchObject({ commitIndex: 7, snapshot, rulesOff: ['pre-vote'] });
    expect([termAt(state.log, 6), termAt(state.log, 9), termAt(state.log, 5)]).toEqual([2, 2, undefined]);
    expect(configurationOf(state)).toEqual(votersOnly([0, 1, 2, 3]));
  });
});

it('tells the stream what is on the disk', () => {
  expect(describeRecovered(empty, recoverState(settings, empty, 0))).toEqual({
    storageId: empty.storageId,
    term: 4,
    votedFor: 2,
    lastIndex: 0,
    termRuns: [],
    snapshot: { lastIncludedIndex: 0, lastIncludedTerm: 0 },
    configuration: { index: 0, configuration: votersOnly([0, 1, 2]) },
  });
  expect(describeRecovered(full, recoverState(settings, full, 0))).toMatchObject({
    lastIndex: 9,
    snapshot: { lastIncludedIndex: 7, lastIncludedTerm: 2 },
    configuration: { index: 9, configuration: votersOnly([0, 1, 2, 3]) },
  });
});
