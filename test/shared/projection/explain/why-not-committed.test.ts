/** Each answer is asked for in a cluster in which it is so: the real core, in virtual time. */
import { describe, expect, it } from 'vitest';
import { emptyClusterView } from '../../../../shared/projection/cluster-view.ts';
import { whyNotCommitted } from '../../../../shared/projection/explain/why-not-committed.ts';
import { ExplainedLab } from '../../../support/explained-lab.ts';

const threeWithoutCheckQuorum = { nodes: 3, rulesOff: ['check-quorum' as const] };

describe('there is nothing to explain', () => {
  it('without a cluster, and of no index', () => {
    expect(whyNotCommitted(emptyClusterView, 1)).toBeUndefined();
    expect(whyNotCommitted(ExplainedLab.start({ nodes: 1 }).lab.view, 0)).toBeUndefined();
  });
});

describe('a majority does not have it on disk', () => {
  it('because its nodes are down, or paused: the leader reaches too few', () => {
    const { lab, leader, others } = ExplainedLab.start(threeWithoutCheckQuorum);
    const [down = -1, paused = -1] = others;
    lab.do({ type: 'crash-node', node: down });
    lab.do({ type: 'pause-node', node: paused });
    const index = lab.appendLater(leader, 'alone');
    lab.runFor(10);
    const { kind, sentence } = lab.whyNot(index);
    expect(kind).toBe('cut-off');
    expect(sentence).toContain(
      `Node ${leader} leads, but reaches only 1 of 3 voters, itself included, and 2 must have`,
    );
    expect(sentence).toContain('[D§10.2.1 durable-quorum-commit]');
    expect(sentence).toContain(`ode ${down} has crashed`);
    expect(sentence).toContain(`ode ${paused} is paused`);
  });
});

it('[5.4.2] a majority has it, and it is of an earlier term', () => {
  const { lab, leader, others } = ExplainedLab.start({ nodes: 3, rulesOff: ['check-quorum', 'leader-noop'] });
  // The answers do not come back: the entry is everywhere, and its leader does not know.
  for (const from of others) lab.do({ type: 'cut-link', link: { from, to: leader } });
  const index = lab.appendLater(leader, 'of an earlier term');
  lab.runFor(20);
  lab.do({ type: 'crash-node', node: leader });
  const second = lab.leader(leader);
  lab.runFor(200);
  const { kind, sentence, evidence } = lab.whyNot(index);
  expect(kind).toBe('earlier-term');
  expect(sentence).toContain(`2 of 3 have it on disk, but it is of term 1 and node ${second} leads term`);
  expect(sentence).toContain('[§5.4.2 own-term-commit]');
  expect(sentence).toContain('waits for a client to bring one [§8 leader-noop]');
  expect(evidence.map(({ types }) => types).flat()).toContain('commit-held');
  lab.append(second, 'of its own term');
  expect(['committed', 'not-known']).toContain(lab.whyNot(index).kind);
});

it('[6] one side of a joint configuration does not have it', () => {
  const { lab, leader, others } = ExplainedLab.start({ nodes: 4, voters: 3, rulesOff: ['check-quorum'] });
  const [, old = -1, away = -1] = [leader, ...others.filter((id) => id < 3)];
  lab.lab.execute({ type: 'change-membership', voters: [leader, 3], learners: [] }, () => {});
  const configuration = () => lab.view.nodes[leader]?.configuration?.configuration;
  lab.until(() => (configuration()?.outgoing.length ?? 0) > 0);
  for (const node of [old, away]) lab.do({ type: 'crash-node', node });
  const index = lab.appendLater(leader, 'in the joint phase');
  lab.runFor(30);
  const { kind, sentence } = lab.whyNot(index);
  expect(['joint', 'cut-off']).toContain(kind);
  expect(sentence).toMatch(/old servers/);
});

describe('nobody leads', () => {
  it('says who has it, and why there is no leader', () => {
    const { lab, leader, others } = ExplainedLab.start(threeWithoutCheckQuorum);
    lab.do({ type: 'partition', groups: [[leader]] });
    const index = lab.appendLater(leader, 'alone');
    lab.runFor(5);
    lab.do({ type: 'crash-node', node: leader });
    const { kind, sentence } = lab.whyNot(index);
    expect(kind).toBe('no-leader');
    expect(sentence).toContain(`Node ${leader} has it on disk, and nobody leads: only a leader commits.`);
    expect(others).toHaveLength(2);
    lab.do({ type: 'stop-cluster' });
    expect(lab.whyNot(index).sentence).toBe(`Node ${leader} has it on disk, and the cluster does not run.`);
  });
});
