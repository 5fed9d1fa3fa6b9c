import { expect, it } from 'vitest';
import type { LabEvent } from '../../../shared/event.ts';
import { Traps } from '../../../main/sim/traps.ts';

const stamp = { node: 1, boot: 1, sequence: 1, timeNs: 1, lamport: 1 };
const elected: LabEvent = { ...stamp, type: 'role-changed', from: 'candidate', to: 'leader', term: 2, reason: 'test' };
const trap = { kind: 'trap', on: 'elected', companions: [], delayMs: 0, cutMs: 5, forMs: 9 } as const;

it('springs once, for what it waits for', () => {
  const traps = new Traps();
  expect(traps.sprungBy(elected)).toEqual([]);
  traps.set(trap);
  traps.set({ ...trap, on: 'commits' });
  expect(traps.sprungBy({ ...elected, to: 'follower' })).toEqual([]);
  expect(traps.sprungBy(elected)).toEqual([trap]);
  expect(traps.sprungBy(elected)).toEqual([]);
});

it('is taken away when it has waited long enough', () => {
  const traps = new Traps();
  traps.set(trap)();
  expect(traps.sprungBy(elected)).toEqual([]);
});
