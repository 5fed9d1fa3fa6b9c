import { expect, it } from 'vitest';
import { nodeOf, type NodeView } from '../../../../shared/projection/cluster-view.ts';
import { cutBetween, isJoined, reachedBy, sharesOf } from '../../../../shared/projection/explain/copies.ts';
import { required } from '../../../../shared/assert.ts';
import { ExplainedLab } from '../../../support/explained-lab.ts';

const viewOf = (lab: ExplainedLab, id: number): NodeView => required(nodeOf(lab.view, id), 'it is there');

it('counts who has it on disk, by what the leader knows; itself only with its own disk', () => {
  const { lab, leader, others } = ExplainedLab.start({ nodes: 3 });
  const [first = -1, second = -1] = others;
  lab.do({ type: 'crash-node', node: second });
  lab.do({ type: 'set-disk', node: leader, disk: { kind: 'stuck' } });
  const index = lab.appendLater(leader, 'x');
  lab.runFor(20);
  expect(sharesOf(lab.view, viewOf(lab, leader), index)).toEqual([
    { name: 'voters', needed: 2, servers: [0, 1, 2], counted: [first], isMajority: false },
  ]);
});

it('knows whom a leader reaches both ways', () => {
  const { lab, leader, others } = ExplainedLab.start({ nodes: 3 });
  const [cut = -1, paused = -1] = others;
  expect(reachedBy(lab.view, viewOf(lab, leader), [0, 1, 2])).toEqual([0, 1, 2]);
  lab.do({ type: 'cut-link', link: { from: cut, to: leader } });
  lab.do({ type: 'pause-node', node: paused });
  expect(reachedBy(lab.view, viewOf(lab, leader), [0, 1, 2])).toEqual([leader]);
  expect(cutBetween(lab.view, leader, cut)).toEqual([[cut, leader]]);
  expect([isJoined(lab.view, leader, cut), isJoined(lab.view, cut, paused)]).toEqual([false, true]);
});
