/** What one client does, in virtual time. */
import { describe, expect, it } from 'vitest';
import { repeatsMax } from '../../../main/workload/workload-client.ts';
import { fail } from '../../../shared/result.ts';
import { failure, nobodyKnows, WorkloadWorld } from '../../support/workload-world.ts';

const appendsOnly = { append: 1 };

describe('with sessions', () => {
  it('opens one with the leader, and numbers its appends in it', () => {
    const world = new WorkloadWorld();
    world.start({ clients: 1, mix: appendsOnly });
    world.pass(20);
    expect(world.asked[0]).toMatchObject({ node: 1, request: { kind: 'open-session' } });
    const appends = world.requests('append');
    expect(appends.length).toBeGreaterThan(3);
    expect(appends.map(({ session }) => session)).toEqual(
      appends.map((_, at) => ({ sessionId: 1, sequence: at + 1, lowestOpen: at + 1 })),
    );
    expect(world.requests('open-session')).toHaveLength(1);
  });

  it('asks who leads when it asked somebody else', () => {
    const world = new WorkloadWorld();
    world.leads = undefined;
    world.script = ({ node, request }) =>
      request.kind === 'open-session' && node !== 2
        ? failure({ code: 'no-leader', message: '', leaderId: 2 })
        : undefined;
    world.start({ clients: 1, mix: appendsOnly });
    world.pass(500);
    expect(world.requests('open-session').length).toBeLessThanOrEqual(2);
    expect(world.requests('append').length).toBeGreaterThan(3);
  });

  it('repeats what has an unknown outcome with the same sequence, at another server, and counts it once', () => {
    const world = new WorkloadWorld();
    let lost = 3;
    world.script = ({ request }) => (request.kind === 'append' && lost-- > 0 ? nobodyKnows : undefined);
    const workload = world.start({ clients: 1, requestsPerSecond: 1, mix: appendsOnly });
    world.pass(900);
    const [first, ...others] = world.requests('append');
    expect(others).toEqual([first, first, first]);
    const nodes = world.asked.filter(({ request }) => request.kind === 'append').map(({ node }) => node);
    expect(nodes[1]).not.toBe(nodes[0]);
    const total = workload.stop('enough');
    expect(total).toMatchObject({ answered: 1, failed: 0, unknown: 0 });
    // The latency is that of all of it, the waits in between included.
    expect(total.p50Ns).toBeGreaterThan(30_000_000);
  });

  it('gives up after some repeats: the outcome is unknown, also when the last copy certainly had none', () => {
    const world = new WorkloadWorld();
    let sends = 0;
    world.script = ({ request }) => {
      if (request.kind !== 'append') return undefined;
      sends += 1;
      return sends === 1 ? nobodyKnows : fail('no-leader', 'Nobody leads.');
    };
    const workload = world.start({ clients: 1, requestsPerSecond: 1, mix: appendsOnly });
    world.pass(8_000);
    expect(sends).toBeGreaterThan(repeatsMax);
    const appends = world.requests('append');
    expect(appends.filter(({ session }) => session?.sequence === 1)).toHaveLength(repeatsMax + 1);
    expect(workload.stop('enough')).toMatchObject({ answered: 0, unknown: 1 });
  });

  it('opens another session when its own has expired', () => {
    const world = new WorkloadWorld();
    let isExpired = true;
    world.script = ({ request }) => {
      if (request.kind !== 'append' || !isExpired) return undefined;
      isExpired = false;
      return fail('session-expired', 'It is not known.');
    };
    const workload = world.start({ clients: 1, mix: appendsOnly });
    world.pass(200);
    expect(world.requests('open-session')).toHaveLength(2);
    expect(new Set(world.requests('append').map(({ session }) => session?.sessionId))).toEqual(new Set([1, 2]));
    expect(workload.stop('enough').unknown).toBe(1);
  });
});

it('repeats nothing without a session', () => {
  const world = new WorkloadWorld();
  world.script = () => nobodyKnows;
  const workload = world.start({ clients: 1, mix: { append: 1, localRead: 1 }, sessions: false });
  world.pass(3_000);
  const appends = world.requests('append');
  expect(appends.every(({ session }) => session === undefined)).toBe(true);
  expect(new Set(appends.map(({ entries }) => String(entries[0]))).size).toBe(appends.length);
  const total = workload.stop('enough');
  // A read has no effect, whatever becomes of it.
  expect(total.unknown).toBeGreaterThanOrEqual(appends.length - 1);
  expect(total.failed).toBeGreaterThan(0);
});

it('goes on at once after a conflict, with what it learned, and waits longer and longer where nobody helps', () => {
  const world = new WorkloadWorld();
  world.script = ({ request }) =>
    request.kind === 'append'
      ? failure({ code: 'conflict', message: '', lastClientEntry: { index: 77, term: 5 } })
      : undefined;
  world.start({ clients: 1, mix: { conditionalAppend: 1 } });
  world.pass(100);
  const [first, second] = world.requests('append');
  expect([first?.expect, second?.expect]).toEqual([
    { prevLogIndex: 0, prevLogTerm: 0 },
    { prevLogIndex: 77, prevLogTerm: 5 },
  ]);
  expect(world.requests('append').length).toBeGreaterThan(40);
  const asked = world.asked.length;
  world.script = () => fail('overloaded', 'Too many.');
  world.pass(10_000);
  expect(world.asked.length - asked).toBeLessThan(50);
});

it('waits while nobody runs, and goes on', () => {
  const world = new WorkloadWorld();
  world.running = [];
  world.leads = undefined;
  world.start({ clients: 3, mix: appendsOnly });
  world.pass(2_000);
  expect(world.asked).toEqual([]);
  world.running = [2];
  world.pass(600);
  expect(world.requests('append').length).toBeGreaterThan(3);
});
