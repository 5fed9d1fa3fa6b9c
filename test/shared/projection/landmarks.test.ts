import { describe, expect, it } from 'vitest';
import type { EventBody } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { landmarkKinds, landmarkOf } from '../../../shared/projection/landmarks.ts';
import { pageStream } from '../../support/page-events.ts';

function markOf(node: number, body: EventBody): unknown {
  return landmarkOf(pageStream().next(node, body), 4);
}

describe('landmarks', () => {
  it('name what stands out, with its place', () => {
    expect(markOf(2, { type: 'role-changed', from: 'candidate', to: 'leader', term: 3, reason: '' })).toEqual({
      kind: 'leader',
      type: 'role-changed',
      node: 2,
      role: 'leader',
      term: 3,
      position: 4,
      timeNs: 1e6,
    });
    expect(markOf(labSourceId, { type: 'node-ended', target: 1, cause: 'crashed', reason: '' })).toMatchObject({
      kind: 'end',
      node: 1,
    });
  });

  it('tell the beginning of a fault from its end', () => {
    const fault = { target: 1, faultRule: 'pause 1', reason: '', type: 'node-fault' } as const;
    expect(markOf(labSourceId, { ...fault, fault: 'pause' })).toMatchObject({ kind: 'fault', faultRule: 'pause 1' });
    expect(markOf(labSourceId, { ...fault, fault: 'resume' })).toMatchObject({ kind: 'heal', faultRule: 'pause 1' });
    const link = { link: { from: 0, to: 1 }, faultRule: 'cut 0→1' } as const;
    expect(markOf(labSourceId, { type: 'link-cut', ...link })).toMatchObject({ kind: 'fault' });
    expect(markOf(labSourceId, { type: 'link-healed', ...link })).toMatchObject({ kind: 'heal' });
  });

  it('are few: datagrams, timers and applied entries are none', () => {
    expect(markOf(0, { type: 'entries-applied', from: 0, to: 1, digest: 0 })).toBeUndefined();
    expect(markOf(0, { type: 'timer-set', timer: 'election', deadlineNs: 0, durationNs: 0 })).toBeUndefined();
  });

  it('have kinds that are ranked once each', () => {
    expect(new Set(landmarkKinds).size).toBe(landmarkKinds.length);
  });
});
