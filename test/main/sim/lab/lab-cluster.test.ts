import { describe, expect, it } from 'vitest';
import { limits } from '../../../../shared/cluster-config.ts';
import { startDrivenLab } from '../../../support/sim-lab.ts';

describe('LabCluster', () => {
  it('says that the outcome is unknown when the server ends while at work, also on the way to it', () => {
    const driven = startDrivenLab(3);
    const leader = driven.leader();
    const messages: string[] = [];
    const append = (): void =>
      driven.lab.execute({ type: 'append', node: leader, entries: ['x'] }, (result) => {
        messages.push(result.ok ? 'good' : `${result.failure.code}: ${result.failure.message}`);
      });
    const unknown = `timed-out: Node ${leader} ended while it was at work on this request. Whether it took effect is unknown.`;
    append();
    driven.do({ type: 'crash-node', node: leader });
    driven.do({ type: 'start-node', node: leader });
    driven.runFor(10);
    expect(messages).toEqual([unknown]);
    append();
    driven.runFor(1);
    driven.do({ type: 'crash-node', node: leader });
    expect(messages).toEqual([unknown, unknown]);
    expect(driven.eventsOf('request-answered').map(({ outcome }) => outcome.kind)).toEqual(['failed', 'failed']);
  });

  it('waits for a server that is silent a second longer than its deadline', () => {
    const driven = startDrivenLab(3);
    const leader = driven.leader();
    driven.do({ type: 'pause-node', node: leader });
    const beforeNs = driven.lab.nowNs();
    const result = driven.append(leader, 'x');
    const message = `Node ${leader} did not answer within ${limits.requestTimeoutMs} ms. Whether the request took effect is unknown.`;
    expect(result).toEqual({ ok: false, failure: { code: 'timed-out', message } });
    expect(driven.lab.nowNs() - beforeNs).toBe((limits.requestTimeoutMs + 1_000) * 1_000_000);
    driven.do({ type: 'resume-node', node: leader });
    driven.runFor(1_000);
    expect(driven.eventsOf('request-answered')).toHaveLength(1);
  });

  it('sends no more requests to a server than may wait there', () => {
    const driven = startDrivenLab(1);
    driven.do({ type: 'pause-node', node: 0 });
    let answers = 0;
    for (let asked = 0; asked < limits.waitingRequestsMax; asked++) {
      driven.lab.execute({ type: 'index-range', node: 0, startIndex: 1, endIndex: 1 }, () => {
        answers += 1;
      });
    }
    expect(driven.append(0, 'one more')).toMatchObject({ ok: false, failure: { code: 'overloaded' } });
    expect(answers).toBe(0);
    driven.do({ type: 'resume-node', node: 0 });
    driven.until(() => answers === limits.waitingRequestsMax);
    expect(driven.append(0, 'now').ok).toBe(true);
  });

  it('ends every server with the cluster, and what was asked of them', () => {
    const driven = startDrivenLab(3);
    driven.do({ type: 'pause-node', node: 0 });
    driven.do({ type: 'stop-cluster' });
    const ends = driven.eventsOf('node-ended');
    expect(ends.map(({ target, cause }) => `${target} ${cause}`)).toEqual(['0 stopped', '1 stopped', '2 stopped']);
    expect(driven.events.at(-1)).toMatchObject({ type: 'cluster-stopped', reason: 'As asked.' });
    const { length } = driven.events;
    driven.runFor(5_000);
    expect(driven.events).toHaveLength(length);
  });
});
