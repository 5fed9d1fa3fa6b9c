/**
 * Ongaro's dissertation, §3.10: leadership transfer, sentence by sentence. Each test has the sentence as its name.
 */
import { describe, expect, it } from 'vitest';
import { paperTimings } from '../../shared/cluster-config.ts';
import { CoreCluster, termsOf } from '../support/core-cluster.ts';
import { asLeader, eventsOf } from '../support/core-messages.ts';

/** Node 0 leads three servers, with all rules on. */
function ledByNode0(): CoreCluster {
  const cluster = new CoreCluster({ size: 3, rulesOff: [] });
  cluster.electNode(0);
  cluster.run(100);
  return cluster;
}

describe('the steps of a transfer', () => {
  it('1. "The prior leader stops accepting new client requests."', () => {
    const cluster = ledByNode0();
    cluster.transferLeadership(0, 1);
    expect(cluster.propose(0, 'x').kind).toBe('transferring');
    expect(cluster.node(0).log).toHaveLength(1);
  });

  it('2. "The prior leader fully updates the target server\'s log to match its own, using the normal log replication mechanism"', () => {
    const cluster = ledByNode0();
    cluster.isolate(1);
    for (const text of ['a', 'b', 'c']) cluster.propose(0, text);
    cluster.settle();
    cluster.heal();
    cluster.transferLeadership(0, 1);
    expect(cluster.inFlight({ kind: 'timeout-now' })).toEqual([]);
    cluster.run(200, () => cluster.inFlight({ kind: 'timeout-now' }).length > 0);
    expect(termsOf(cluster.node(1).disk.log)).toEqual(termsOf(cluster.node(0).log));
  });

  it('3. "The prior leader sends a TimeoutNow request to the target server. This request has the same effect as the target server\'s election timer firing: the target server starts a new election (incrementing its term and becoming a candidate)."', () => {
    const cluster = ledByNode0();
    cluster.transferLeadership(0, 1);
    cluster.deliver({ kind: 'timeout-now' });
    expect(cluster.node(1).core).toMatchObject({ term: 2, votedFor: 1, role: { name: 'candidate' } });
  });

  it('"Its next message to the prior leader will include its new term number, causing the prior leader to step down."', () => {
    const cluster = ledByNode0();
    cluster.transferLeadership(0, 1);
    cluster.deliver({ kind: 'timeout-now' });
    cluster.deliver({ from: 1, to: 0 });
    expect(cluster.node(0).core).toMatchObject({ term: 2, role: { name: 'follower' } });
  });

  it('"At this point, leadership transfer is complete."', () => {
    const cluster = ledByNode0();
    const ticket = cluster.transferLeadership(0, 1);
    cluster.settle();
    expect(cluster.outcomes.get(ticket)?.kind).toBe('done');
    expect(cluster.leader?.id).toBe(1);
  });
});

describe('when it fails', () => {
  it('"If leadership transfer does not complete after about an election timeout, the prior leader aborts the transfer and resumes accepting client requests."', () => {
    const cluster = ledByNode0();
    cluster.crash(1);
    const ticket = cluster.transferLeadership(0, 1);
    cluster.run(paperTimings.electionTimeoutMaxMs - 1);
    expect(cluster.outcomes.has(ticket)).toBe(false);
    cluster.run(1);
    expect(cluster.outcomes.get(ticket)?.kind).toBe('refused');
    expect(cluster.propose(0, 'x').kind).toBe('appended');
  });

  it('"If the prior leader was mistaken and the target server is actually operational, then at worst this mistake will result in an extra election, after which client operations will be restored."', () => {
    const cluster = ledByNode0();
    cluster.transferLeadership(0, 1);
    const late = cluster.drop({ kind: 'timeout-now' });
    cluster.cutOneWay(0, 1);
    cluster.run(paperTimings.electionTimeoutMaxMs);
    expect(asLeader(cluster.node(0).core).transfer).toBe(null);
    cluster.propose(0, 'meanwhile');
    cluster.settle();
    cluster.heal();
    cluster.run(100);
    for (const flight of late) cluster.arrive(flight);
    cluster.run(1_000, () => cluster.leader?.core.term === 2);
    expect(cluster.invariants.leaders).toBeLessThanOrEqual(2);
    expect(cluster.propose(cluster.leader?.id ?? -1, 'x').kind).toBe('appended');
  });
});

it('§4.2.3: "I have permission to disrupt the leader – it told me to!": the votes of servers that hear a leader', () => {
  const cluster = ledByNode0();
  cluster.transferLeadership(0, 1);
  cluster.deliver({ kind: 'timeout-now' });
  const calls = cluster.inFlight({ kind: 'request-vote' });
  expect(calls.map(({ message }) => message)).toMatchObject([{ transfer: true }, { transfer: true }]);
  cluster.deliver({ kind: 'request-vote', to: 2 });
  expect(eventsOf(cluster.node(2), 'vote-granted')).toMatchObject([{ candidateId: 0 }, { candidateId: 1 }]);
});
