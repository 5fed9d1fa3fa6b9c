import { expect, it } from 'vitest';
import { noEffects } from '../../../main/raft/contract.ts';

it('a step that does nothing asks for nothing, and shares no list with another step', () => {
  const effects = noEffects();
  expect(effects).toEqual({
    chunk: undefined,
    persist: undefined,
    sends: [],
    restore: undefined,
    apply: undefined,
    compactTo: 0,
    proposals: [],
    reads: [],
    outcomes: [],
    events: [],
    wakeAtNs: 0,
  });
  effects.sends.push({ to: 1, after: 0, message: { kind: 'read-index', term: 1, round: 1, mode: 'linearizable' } });
  expect(noEffects().sends).toEqual([]);
});
