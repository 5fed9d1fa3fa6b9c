import { expect, it } from 'vitest';
import { explainNoLeader } from '../../../../shared/projection/explain/no-leader.ts';
import { checked, ExplainedLab } from '../../../support/explained-lab.ts';

it('is no question while there is a leader', () => {
  expect(explainNoLeader(ExplainedLab.start({ nodes: 3 }).lab.view)).toBeUndefined();
});

it('rests on crashes and cuts, and on what the others did since', () => {
  const { lab, leader, others } = ExplainedLab.start({ nodes: 3 });
  lab.do({ type: 'partition', groups: others.map((id) => [id]) });
  lab.do({ type: 'crash-node', node: leader });
  lab.runFor(600);
  const { evidence } = checked(explainNoLeader(lab.view), lab.events);
  const words = evidence.map((one) => one.words);
  expect(words).toContain(`node ${leader} crashed`);
  expect(words).toContain('the last cut of a link');
  for (const id of others) expect(words).toContain(`node ${id} asked about term 2`);
});

it('rests on an office that was given up, and on a refusal', () => {
  const { lab, leader, others } = ExplainedLab.start({ nodes: 3 });
  lab.do({ type: 'partition', groups: [[leader], ...others.map((id) => [id])] });
  lab.until(() => lab.view.nodes.every(({ role }) => role !== 'leader'));
  const { evidence, sentence } = checked(explainNoLeader(lab.view), lab.events);
  expect(evidence.map(({ words }) => words)).toContain(`node ${leader} gave up its office`);
  expect(sentence).toContain('Nobody reaches a majority');
});
