import { expect, it } from 'vitest';
import { ExplainedLab } from '../../../support/explained-lab.ts';

it('says that it is committed', () => {
  const { lab } = ExplainedLab.start({ nodes: 3 });
  expect(lab.whyNot(2)).toMatchObject({ kind: 'committed', sentence: 'It is committed, with term 1.' });
});

it('says so of what is in a snapshot', () => {
  const { lab, leader } = ExplainedLab.start({ nodes: 1 });
  lab.do({ type: 'stop-cluster' });
  lab.do({ type: 'start-cluster', nodes: 1, fresh: true, snapshotEveryEntries: 5 });
  lab.leader();
  lab.do({ type: 'set-retention', retainEntries: 2 });
  for (let count = 0; count < 12; count++) lab.append(leader, 'x');
  lab.runFor(500);
  expect(lab.whyNot(1)).toMatchObject({ kind: 'committed', sentence: 'It is committed, and in a snapshot.' });
});

it('names those who do not know: a node is down, or cut off', () => {
  const { lab, leader, others } = ExplainedLab.start({ nodes: 5 });
  const [down = -1, cut = -1] = others;
  lab.do({ type: 'crash-node', node: down });
  lab.do({ type: 'cut-link', link: { from: leader, to: cut } });
  lab.append(leader, 'second');
  lab.runFor(20);
  const { kind, sentence } = lab.whyNot(3);
  expect(kind).toBe('not-known');
  expect(sentence).toContain(`ode ${down} has crashed, and does not know`);
  expect(sentence).toContain(`ode ${cut} does not know: the link to node ${leader} is cut`);
  expect(lab.whyNot(3, cut).sentence).not.toContain('crashed');
});
