import { describe, expect, it } from 'vitest';
import { emptyClusterView } from '../../../../shared/projection/cluster-view.ts';
import { whyRole } from '../../../../shared/projection/explain/why-role.ts';
import { ExplainedLab } from '../../../support/explained-lab.ts';

describe('why this role?', () => {
  it('is no question of a node that is not there', () => {
    expect(whyRole(emptyClusterView, 0)).toBeUndefined();
  });

  it('because a majority voted for it, and the others hear from it', () => {
    const { lab, leader, others } = ExplainedLab.start({ nodes: 3 });
    expect(lab.whyRole(leader).sentence).toMatch(
      new RegExp(`^Node ${leader} leads term 1: \\d of 3 voted for me, a majority\\.`),
    );
    const follower = lab.whyRole(others[0] ?? -1);
    expect(follower.kind).toBe('follower');
    expect(follower.sentence).toContain(`follows node ${leader}, the leader of term 1`);
  });

  it('because it crashed, or is paused', () => {
    const { lab, others } = ExplainedLab.start({ nodes: 3 });
    const [crashed = -1, paused = -1] = others;
    lab.do({ type: 'crash-node', node: crashed });
    lab.do({ type: 'pause-node', node: paused });
    expect(lab.whyRole(crashed).sentence).toMatch(new RegExp(`^Node ${crashed} has crashed`));
    expect(lab.whyRole(paused).sentence).toBe(`Node ${paused} is paused.`);
  });

  it('because it was elected and has not heard of another one', () => {
    const { lab, leader } = ExplainedLab.start({ nodes: 3, rulesOff: ['check-quorum'] });
    lab.do({ type: 'partition', groups: [[leader]] });
    const second = lab.leader(leader);
    const { kind, sentence } = lab.whyRole(leader);
    expect(kind).toBe('old-leader');
    expect(sentence).toContain(`has not heard that node ${second} leads`);
    expect(sentence).toContain('[§5.1 step-down-on-higher-term]');
  });

  it('because it runs, or asks whether it would win', () => {
    const { lab, leader, others } = ExplainedLab.start({ nodes: 3 });
    const [first = -1, second = -1] = others;
    lab.do({ type: 'crash-node', node: leader });
    lab.do({ type: 'partition', groups: [[first]] });
    lab.until(() => lab.view.nodes[first]?.search.campaign !== null);
    expect(lab.whyRole(first)).toMatchObject({ kind: 'waiting' });
    expect(lab.whyRole(first).sentence).toContain('It asks whether it would win term 2: ');
    lab.do({ type: 'set-rules', rulesOff: ['pre-vote'] });
    lab.until(() => lab.view.nodes[second]?.role === 'candidate');
    expect(lab.whyRole(second)).toMatchObject({ kind: 'candidate' });
    expect(lab.whyRole(second).sentence).toMatch(/asks for votes in term \d+.* It has \d of the 2 that it needs\.$/);
  });

  it('because it gave its office up, or has no vote', () => {
    const { lab, leader } = ExplainedLab.start({ nodes: 4, voters: 3 });
    expect(lab.whyRole(3).sentence).toContain('no part in the configuration');
    lab.do({ type: 'change-membership', voters: [0, 1, 2], learners: [3] });
    lab.runFor(500);
    expect(lab.whyRole(3).sentence).toContain('It is a learner: it gets the log and has no vote.');
    lab.do({ type: 'partition', groups: [[leader]] });
    lab.until(() => lab.view.nodes[leader]?.role === 'follower');
    expect(lab.whyRole(leader).sentence).toContain('[D§6.2 check-quorum]');
  });

  it('because its disk does not answer, so it does not run', () => {
    const { lab, leader, others } = ExplainedLab.start({ nodes: 3 });
    const [stuck = -1] = others;
    lab.do({ type: 'set-disk', node: stuck, disk: { kind: 'stuck' } });
    lab.append(leader, 'x');
    lab.do({ type: 'partition', groups: [[stuck]] });
    lab.until(() => lab.view.nodes[stuck]?.search.withheld !== null);
    expect(lab.whyRole(stuck)).toMatchObject({ kind: 'withheld' });
  });
});
