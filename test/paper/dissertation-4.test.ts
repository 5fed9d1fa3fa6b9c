/** Chapter 4 of the dissertation, "Cluster membership changes", statement by statement. */
import { describe, expect, it } from 'vitest';
import { describeConfiguration } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import { configurationOf } from '../../main/raft/state.ts';
import { majorityOf } from '../../main/raft/quorum.ts';
import { step } from '../../main/raft/step.ts';
import { CoreCluster } from '../support/core-cluster.ts';
import {
  appendEntries,
  asCandidate,
  asLeader,
  eventsOf,
  persistAll,
  receive,
  requestVote,
  stateOf,
  vote,
} from '../support/core-messages.ts';
import type { CoreNode } from '../support/core-node.ts';

function inForce({ core }: CoreNode): string {
  return describeConfiguration(configurationOf(core));
}

/** Server 0 leads `size` servers, all rules on; `newcomers` run, and are no members. */
function ledBy0(size: number, ...newcomers: NodeId[]): CoreCluster {
  const cluster = new CoreCluster({ size, rulesOff: [] });
  for (const id of newcomers) cluster.add(id);
  cluster.nowNs = 1e9;
  cluster.electNode(0);
  cluster.run(200);
  return cluster;
}

/** Everything arrives, but nothing that goes to or comes from `silent`. */
function settleWithout(cluster: CoreCluster, ...silent: NodeId[]): void {
  cluster.isolate(...silent);
  cluster.settle();
  cluster.heal();
}

describe('4.1 Safety', () => {
  it('"When adding a single server to a cluster or removing a single server from a cluster, any majority of the old cluster overlaps with any majority of the new cluster"', () => {
    const majorities = (size: number): number[][] =>
      Array.from({ length: 2 ** size }, (_, bits) =>
        Array.from({ length: size }, (_id, id) => id).filter((id) => (bits >> id) & 1),
      ).filter((set) => set.length >= majorityOf(size));
    for (let size = 1; size <= 7; size++) {
      for (const one of majorities(size)) {
        for (const other of majorities(size + 1)) expect(one.some((id) => other.includes(id))).toBe(true);
      }
    }
  });

  it('"The new configuration takes effect on each server as soon as it is added to that server’s log"', () => {
    const cluster = ledBy0(3);
    cluster.changeMembership(0, { mode: 'single-server', voters: [0, 1] });
    expect(inForce(cluster.node(0))).toBe('{0,1}');
    expect(inForce(cluster.node(1))).toBe('{0,1,2}');
    cluster.deliver({ to: 1 });
    expect(inForce(cluster.node(1))).toBe('{0,1}');
    expect(cluster.node(1).core.commitIndex).toBeLessThan(cluster.node(1).log.length);
  });

  it('"The C_new entry is replicated to the C_new servers, and a majority of the new configuration is used to determine the C_new entry’s commitment"', () => {
    const cluster = ledBy0(4);
    const ticket = cluster.changeMembership(0, { mode: 'single-server', voters: [0, 1, 2] });
    settleWithout(cluster, 2, 3);
    expect(cluster.outcomes.get(ticket)).toMatchObject({ kind: 'done' });
  });

  it('"servers do not wait for configuration entries to be committed, and each server always uses the latest configuration found in its log"; it "must be prepared to fall back to the previous configuration in its log"', () => {
    const configuration = { voters: [{ id: 0, storage: 0 }], outgoing: [], learners: [] };
    const state = stateOf();
    const entry = { index: 1, term: 1, kind: 'configuration', payload: new Uint8Array(0), configuration } as const;
    receive(state, 1, appendEntries({ entries: [entry] }));
    expect(configurationOf(state)).toEqual(configuration);
    const noop = { index: 1, term: 2, kind: 'noop', payload: new Uint8Array(0) } as const;
    receive(state, 2, appendEntries({ term: 2, leaderId: 2, entries: [noop] }));
    expect(describeConfiguration(configurationOf(state))).toBe('{0,1,2}');
  });

  it('"Commitment of C_new allows three things to continue: … Further configuration changes can be started"', () => {
    const cluster = ledBy0(3);
    cluster.changeMembership(0, { mode: 'single-server', voters: [0, 1] });
    const ticket = cluster.changeMembership(0, { mode: 'single-server', voters: [0, 1, 2] });
    expect(cluster.outcomes.get(ticket)).toMatchObject({ kind: 'refused' });
  });

  it('(erratum) nor before it has committed an entry of its own term', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.timeOut(0);
    cluster.settle({ kind: 'request-vote' });
    cluster.settle({ kind: 'request-vote-reply' });
    const ticket = cluster.changeMembership(0, { mode: 'single-server', voters: [0, 1] });
    expect(cluster.outcomes.get(ticket)).toMatchObject({ kind: 'refused', rule: 'config-after-own-term-commit' });
  });

  it('"A server accepts AppendEntries requests from a leader that is not part of the server’s latest configuration"', () => {
    const state = stateOf({ voters: [0, 1, 2] });
    receive(state, 9, appendEntries({ leaderId: 9 }));
    expect(state.role).toMatchObject({ name: 'follower', leaderId: 9 });
  });

  it('"A server also grants its vote to a candidate that is not part of the server’s latest configuration (if the candidate has a sufficiently up-to-date log and a current term)"', () => {
    const state = stateOf({ voters: [0, 1, 2] });
    receive(state, 9, requestVote({ candidateId: 9 }));
    expect(state.votedFor).toBe(9);
  });
});

describe('4.2.1 Catching up new servers', () => {
  it('"a new server joins the cluster as a non-voting member. The leader replicates log entries to it, but it is not yet counted towards majorities for voting or commitment purposes"', () => {
    const cluster = ledBy0(3, 3);
    cluster.propose(0, 'before');
    cluster.changeMembership(0, { voters: [0, 1, 2, 3] });
    expect(inForce(cluster.node(0))).toBe('{0,1,2} + learners {3}');
    const { commitIndex } = cluster.node(0).core;
    settleWithout(cluster, 1, 2);
    expect(cluster.node(3).log.length).toBe(cluster.node(0).log.length);
    expect(cluster.node(0).core.commitIndex).toBe(commitIndex);
  });

  it('"Each round replicates all the log entries present in the leader’s log at the start of the round", and the server is added when "the last round lasts less than an election timeout"', () => {
    const cluster = ledBy0(3, 3);
    cluster.latencyMs = 40;
    for (let number = 0; number < 30; number++) cluster.propose(0, `entry ${number}`);
    cluster.changeMembership(0, { voters: [0, 1, 2, 3] });
    cluster.run(1_000, () => inForce(cluster.node(0)) === '{0,1,2,3}');
    const rounds = eventsOf(cluster.node(0), 'membership-step').filter(({ step }) => step === 'catch-up');
    expect(rounds.length).toBeGreaterThan(1);
    expect(inForce(cluster.node(0))).toBe('{0,1,2,3}');
  });

  it('"The leader should also abort the change if the new server is unavailable"', () => {
    const cluster = ledBy0(3, 3);
    cluster.crash(3);
    const ticket = cluster.changeMembership(0, { voters: [0, 1, 2, 3] });
    cluster.run(4_000);
    expect(cluster.outcomes.get(ticket)).toMatchObject({ kind: 'refused' });
    expect(cluster.node(0).role).toBe('leader');
  });
});

describe('4.2.2 Removing the current leader', () => {
  it('"a leader that is removed from the configuration steps down once the C_new entry is committed", and until then it "can manage a cluster that does not include itself; it replicates log entries but does not count itself in majorities"', () => {
    const cluster = ledBy0(4);
    const ticket = cluster.changeMembership(0, { mode: 'single-server', voters: [1, 2, 3] });
    settleWithout(cluster, 2, 3);
    expect(cluster.node(0).role).toBe('leader');
    expect(cluster.outcomes.get(ticket)).toBeUndefined();
    cluster.run(100);
    expect(cluster.outcomes.get(ticket)).toMatchObject({ kind: 'done' });
    expect(cluster.node(0).role).toBe('follower');
  });

  it('"a server that is not part of its own latest configuration should still start new elections, as it might still be needed until the C_new entry is committed"', () => {
    const cluster = ledBy0(3);
    cluster.isolate(0);
    cluster.changeMembership(0, { mode: 'single-server', voters: [1, 2] });
    cluster.run(700);
    expect(inForce(cluster.node(0))).toBe('{1,2}');
    expect(eventsOf(cluster.node(0), 'pre-vote-started').length).toBeGreaterThan(1);
  });

  it('"It does not count its own vote in elections unless it is part of its latest configuration"', () => {
    const configuration = { voters: [1, 2, 3].map((id) => ({ id, storage: 0 })), outgoing: [], learners: [] };
    const state = stateOf({ voters: [0, 1, 2, 3], log: [1], configurations: [{ index: 1, configuration }] });
    step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    persistAll(state);
    const { round } = asCandidate(state);
    receive(state, 1, vote({ round }));
    expect(state.role.name).toBe('candidate');
    receive(state, 2, vote({ round }));
    expect(state.role.name).toBe('leader');
  });
});

describe('4.2.3 Disruptive servers', () => {
  it('"if a server receives a RequestVote request within the minimum election timeout of hearing from a current leader, it does not update its term or grant its vote"', () => {
    const cluster = ledBy0(3);
    const { term } = cluster.node(1).core;
    cluster.input(1, { type: 'message', from: 9, message: requestVote({ term: term + 5, candidateId: 9 }) });
    expect(cluster.node(1).core).toMatchObject({ term });
    const refused = eventsOf(cluster.node(1), 'vote-refused').at(-1);
    expect(refused).toMatchObject({ candidateId: 9, rule: 'leader-stickiness' });
  });
});

describe('4.3 Arbitrary configuration changes using joint consensus', () => {
  /** {0,1,2} is on its way to {2,3,4}: C_old,new is in the leader's log, on its disk or not, and on the way to the others. */
  function joint(slowDisk = false): CoreCluster {
    const cluster = ledBy0(3, 3, 4);
    cluster.node(0).slowDisk = slowDisk;
    cluster.changeMembership(0, { voters: [2, 3, 4] });
    cluster.run(500, () => inForce(cluster.node(0)) === '{0,1,2}→{2,3,4}');
    return cluster;
  }

  it('"Log entries are replicated to all servers in both configurations"', () => {
    const cluster = joint();
    expect([...asLeader(cluster.node(0).core).progress.keys()].toSorted((left, right) => left - right)).toEqual([
      1, 2, 3, 4,
    ]);
    for (const to of [1, 2, 3, 4]) expect(cluster.inFlight({ to, kind: 'append-entries' }).length).toBeGreaterThan(0);
  });

  it.each([
    ['all of the old and one of the new', [3, 4], false],
    // The leader is of the old ones only, and counts itself when its disk has the entry.
    ['all of the new and one of the old', [1], true],
  ])(
    '"Agreement (for elections and entry commitment) requires majorities from both the old and new configurations": not %s',
    (_what, silent, slowDisk) => {
      const cluster = joint(slowDisk);
      const { core } = cluster.node(0);
      settleWithout(cluster, ...silent);
      expect(core.commitIndex).toBeLessThan(core.log.lastIndex);
      expect(inForce(cluster.node(0))).toBe('{0,1,2}→{2,3,4}');
      cluster.node(0).slowDisk = false;
      cluster.completeWrites(0);
      cluster.run(300);
      expect(inForce(cluster.node(2))).toBe('{2,3,4}');
    },
  );

  it.each([1, 3])('"Any server from either configuration may serve as leader": node %i', (id) => {
    const cluster = joint();
    cluster.settle({ to: id });
    cluster.settle({ from: 0 });
    cluster.crash(0);
    cluster.flights = [];
    cluster.nowNs += 1e9;
    cluster.timeOut(id);
    cluster.settle();
    expect(eventsOf(cluster.node(id), 'role-changed').map(({ to }) => to)).toContain('leader');
  });

  it('"Once C_old,new has been committed … it is now safe for the leader to create a log entry describing C_new"', () => {
    const cluster = joint();
    const [joined] = eventsOf(cluster.node(0), 'membership-step').filter(({ step }) => step === 'joint');
    cluster.run(300);
    const { events } = cluster.node(0);
    const committed = events.findIndex(
      (event) => event.type === 'commit-advanced' && events.indexOf(event) > events.indexOf(joined ?? event),
    );
    const final = events.findIndex((event) => event.type === 'membership-step' && event.step === 'final');
    expect(committed).toBeGreaterThan(0);
    expect(final).toBeGreaterThan(committed);
  });
});
