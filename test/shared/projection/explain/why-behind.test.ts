import { expect, it } from 'vitest';
import { ExplainedLab } from '../../../support/explained-lab.ts';

it('because disks are stuck', () => {
  const { lab, leader, others } = ExplainedLab.start({ nodes: 3 });
  for (const node of others) lab.do({ type: 'set-disk', node, disk: { kind: 'stuck' } });
  const index = lab.appendLater(leader, 'where?');
  lab.runFor(30);
  const { kind, sentence } = lab.whyNot(index);
  expect(kind).toBe('no-majority');
  expect(sentence).toBe(
    `1 of 3 has it on disk, 2 are needed [D§10.2.1 durable-quorum-commit]. Nodes ${others.join(' and ')} have it, but not on disk: their disks are stuck.`,
  );
});

it('because only its own disk is missing', () => {
  const { lab, leader, others } = ExplainedLab.start({ nodes: 3 });
  const [down = -1] = others;
  lab.do({ type: 'crash-node', node: down });
  lab.do({ type: 'set-disk', node: leader, disk: { kind: 'stuck' } });
  const index = lab.appendLater(leader, 'not on my disk');
  lab.runFor(30);
  const { kind, sentence } = lab.whyNot(index);
  expect(kind).toBe('own-disk');
  expect(sentence).toContain(`Node ${leader} leads and does not count itself: it has it, but not on disk`);
});

it('yet: it is on its way, over a bad link', () => {
  const { lab, leader, others } = ExplainedLab.start({ nodes: 3 });
  for (const to of others) {
    const action = { kind: 'delay', minMs: 20, maxMs: 20, distribution: 'uniform' } as const;
    lab.do({ type: 'set-fault', rule: { id: `late ${to}`, link: { from: leader, to }, action } });
  }
  const index = lab.appendLater(leader, 'late');
  lab.runFor(5);
  expect(lab.whyNot(index)).toMatchObject({ kind: 'no-majority' });
  expect(lab.whyNot(index).sentence).toContain('do not have it, their links are bad');
  lab.runFor(500);
  expect(lab.whyNot(index).kind).toBe('committed');
});
