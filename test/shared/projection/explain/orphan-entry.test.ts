import { expect, it } from 'vitest';
import { ExplainedLab } from '../../../support/explained-lab.ts';

it('beyond the end of every log', () => {
  const { lab } = ExplainedLab.start({ nodes: 3 });
  expect(lab.whyNot(7)).toMatchObject({ kind: 'beyond', sentence: 'No log reaches it: the longest ends at 2.' });
});

it('a leader that is cut off appends what will be removed', () => {
  const { lab, leader, others } = ExplainedLab.start({ nodes: 3, rulesOff: ['check-quorum'] });
  lab.do({ type: 'partition', groups: [[leader]] });
  const index = lab.appendLater(leader, 'alone');
  const first = lab.whyNot(index);
  expect(first.kind).toBe('cut-off');
  expect(first.sentence).toContain(`Nodes ${others.join(' and ')} are cut off from node ${leader}`);
  expect(first.evidence.filter(({ types }) => types.includes('link-cut'))).toHaveLength(4);

  const second = lab.leader(leader);
  const deposed = lab.whyNot(index, leader);
  expect(deposed.kind).toBe('orphan');
  expect(deposed.sentence).toContain(`Node ${leader} believes that it leads term 1, but node ${second} leads term`);
  expect(deposed.sentence).toContain('can’t be committed any more');
  expect(deposed.sentence).toContain('The link between them is cut.');

  lab.append(second, 'instead', 'of it');
  const overwritten = lab.whyNot(index, leader);
  expect(overwritten.kind).toBe('conflict');
  expect(overwritten.sentence).toContain(`Node ${leader} holds an entry of term 1 there that was never committed`);

  lab.do({ type: 'heal-all' });
  lab.runFor(1_000);
  const removed = lab.whyNot(index, leader);
  expect(removed.kind).toBe('removed');
  expect(removed.sentence).toContain(`Another entry, of term 1, stood there on node ${leader}, and was removed`);
});
