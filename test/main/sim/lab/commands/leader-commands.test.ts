import { describe, expect, it } from 'vitest';
import { DrivenLab, startDrivenLab } from '../../../../support/sim-lab.ts';

describe('what only a leader does', () => {
  it('goes to the leader: transfers, changes, retention', () => {
    const driven = new DrivenLab();
    driven.do({ type: 'start-cluster', nodes: 4, voters: 3 });
    const leader = driven.leader();
    const to = (leader + 1) % 3;
    driven.do({ type: 'transfer-leadership', to });
    driven.runFor(100);
    expect(driven.leader()).toBe(to);
    driven.do({ type: 'change-membership', voters: [0, 1, 2, 3], learners: [] });
    driven.runFor(100);
    const { configuration } = driven.lab.view.nodes[to] ?? {};
    expect(configuration?.configuration.voters.map(({ id }) => id)).toEqual([0, 1, 2, 3]);
    driven.do({ type: 'set-retention', retainEntries: 10 });
    driven.runFor(100);
    expect(driven.eventsOf('retention-changed')).toHaveLength(4);
  });

  it('finds the leader by asking around when the stream shows none', () => {
    const driven = new DrivenLab();
    driven.do({ type: 'start-cluster', nodes: 3 });
    expect(driven.ask({ type: 'set-retention', retainEntries: 5 })).toMatchObject({ ok: true });
  });

  it('refuses servers that are not there, and stands in the stream as refused', () => {
    const driven = startDrivenLab(3);
    const refused = driven.ask({ type: 'transfer-leadership', to: 6 });
    expect(refused).toMatchObject({ failure: { code: 'invalid' } });
    expect(driven.ask({ type: 'change-membership', voters: [0, 1], learners: [1] })).toMatchObject({ ok: false });
    expect(driven.eventsOf('command-refused')).toHaveLength(2);
    expect(new DrivenLab().ask({ type: 'set-rules', rulesOff: [] })).toMatchObject({ ok: false });
  });

  it('switches rules on every server, on one that is started later too', () => {
    const driven = startDrivenLab(3);
    driven.do({ type: 'stop-node', node: 0 });
    driven.do({ type: 'set-rules', rulesOff: ['check-quorum'] });
    driven.do({ type: 'start-node', node: 0 });
    driven.runFor(100);
    expect(driven.lab.view.nodes.map(({ rulesOff }) => rulesOff)).toEqual([
      ['check-quorum'],
      ['check-quorum'],
      ['check-quorum'],
    ]);
  });
});
