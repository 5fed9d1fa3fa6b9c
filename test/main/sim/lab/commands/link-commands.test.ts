import { expect, it } from 'vitest';
import type { Link } from '../../../../../shared/fault-rule.ts';
import { startDrivenLab, type DrivenLab } from '../../../../support/sim-lab.ts';

function cutsIn(driven: DrivenLab): string[] {
  return driven.lab.view.cutLinks.map(({ from, to }: Link) => `${from}→${to}`).toSorted();
}

it('cuts a link in one direction, and heals it', () => {
  const driven = startDrivenLab(3);
  const link = { from: 0, to: 1 };
  driven.do({ type: 'cut-link', link });
  driven.do({ type: 'cut-link', link });
  const from = driven.events.length;
  driven.runFor(1_000);
  const arrived = driven.events.slice(from).flatMap((event) => (event.type === 'datagram-received' ? [event] : []));
  expect(arrived.some((event) => event.node === 1 && event.from === 0)).toBe(false);
  expect(driven.eventsOf('datagram-dropped').every(({ faultRule }) => faultRule === 'cut 0→1')).toBe(true);
  driven.do({ type: 'heal-link', link });
  driven.do({ type: 'heal-link', link });
  expect([driven.eventsOf('link-cut').length, driven.eventsOf('link-healed').length]).toEqual([1, 1]);
  expect(driven.ask({ type: 'cut-link', link: { from: 2, to: 2 } })).toMatchObject({ failure: { code: 'invalid' } });
});

it('divides the servers into groups, those in none into one more', () => {
  const driven = startDrivenLab(5);
  driven.do({ type: 'partition', groups: [[0, 1]] });
  expect(cutsIn(driven)).toHaveLength(12);
  driven.do({ type: 'partition', groups: [[0], [1, 2, 3, 4]] });
  expect(cutsIn(driven)).toEqual(['0→1', '0→2', '0→3', '0→4', '1→0', '2→0', '3→0', '4→0']);
  expect(driven.ask({ type: 'partition', groups: [[0, 7]] })).toMatchObject({ failure: { code: 'invalid' } });
  expect(driven.do({ type: 'heal-all' })).toEqual({ healed: 8 });
  expect(cutsIn(driven)).toEqual([]);
});

it('sets a fault rule, which acts at once, and clears it', () => {
  const driven = startDrivenLab(3);
  const rule = { id: 'half', link: { from: 0, to: 1 }, action: { kind: 'drop', percent: 50 } } as const;
  driven.do({ type: 'set-fault', rule });
  driven.do({ type: 'set-fault', rule: { ...rule, id: 'late', action: { kind: 'duplicate', percent: 100 } } });
  driven.runFor(1_000);
  expect(driven.eventsOf('datagram-dropped').map(({ faultRule }) => faultRule)).toContain('half');
  expect(driven.eventsOf('datagram-faulted').map(({ act }) => act)).toContain('duplicated');
  driven.do({ type: 'clear-fault', faultRule: 'half' });
  expect(driven.ask({ type: 'clear-fault', faultRule: 'half' })).toMatchObject({ failure: { code: 'invalid' } });
  expect(driven.ask({ type: 'set-fault', rule: { ...rule, id: 'cut 0→1' } })).toMatchObject({ ok: false });
  expect(driven.do({ type: 'heal-all' })).toEqual({ healed: 1 });
  const from = driven.events.length;
  driven.runFor(1_000);
  expect(driven.events.slice(from).some(({ type }) => type.startsWith('datagram-f'))).toBe(false);
});
