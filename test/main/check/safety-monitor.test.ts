import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promiseIds, historyPromises } from '../../../shared/promises.ts';
import { SafetyMonitor } from '../../../main/check/safety-monitor.ts';
import type { PromiseVerdict, Violation } from '../../../main/check/contract.ts';
import { makePlan } from '../../../main/sim/make-plan.ts';
import { runPlan } from '../../../main/sim/run.ts';
import { compareEvents, type EventBody, type LabEvent } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { MonitorStory } from '../../support/monitor-story.ts';

/** What real cores and hosts under all faults report: elections, truncations, crashes, snapshots, changes of membership. */
function simulatedStream(seed: number): readonly LabEvent[] {
  const events: LabEvent[] = [];
  runPlan(makePlan(seed, { durationMs: 15_000 }), { onEvent: (event) => void events.push(event) });
  return events;
}

function watched(
  events: readonly LabEvent[],
  crashMayLoseEvents: boolean,
): { violations: readonly Violation[]; verdicts: readonly PromiseVerdict[] } {
  const monitor = new SafetyMonitor({ crashMayLoseEvents });
  const violations = events.flatMap((event) => [...monitor.observe(event)]);
  return { violations: [...violations, ...monitor.finish()], verdicts: monitor.verdicts() };
}

const seeds = [2, 4, 5, 7];

describe('a safety monitor over what real servers report', () => {
  it('finds that everything held, in the order of things and in the merged order', () => {
    for (const seed of seeds) {
      const events = simulatedStream(seed);
      expect(events.length).toBeGreaterThan(3_000);
      for (const ordered of [events, events.toSorted(compareEvents)]) {
        const { violations, verdicts } = watched(ordered, false);
        expect(violations).toEqual([]);
        expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['held']));
      }
    }
  });

  it('raises no false alarm over a stream with gaps, and shows nothing as held', () => {
    const streams = seeds.map(simulatedStream);
    const gap = fc.record({
      seed: fc.nat(seeds.length - 1),
      at: fc.double({ min: 0, max: 0.9, noNaN: true }),
      length: fc.constantFrom(1, 20, 400),
      node: fc.integer({ min: -1, max: 4 }),
    });
    fc.assert(
      fc.property(gap, ({ seed, at, length, node }) => {
        const events = streams[seed] ?? [];
        const from = Math.floor(events.length * at);
        const kept = events.filter(
          (event, position) => position < from || position >= from + length || event.node === node,
        );
        const { violations, verdicts } = watched(kept, true);
        expect(violations).toEqual([]);
        const server = events
          .slice(from, from + length)
          .find((event) => event.node !== node && event.node !== labSourceId);
        const goesOn = kept.some(
          (event, position) => position >= from && event.node === server?.node && event.boot === server.boot,
        );
        const lost = verdicts.filter(({ verdict }) => verdict === 'evidence-lost');
        expect(lost).toHaveLength(server && goesOn ? verdicts.length : lost.length);
      }),
      { numRuns: 60 },
    );
  });

  it('raises no false alarm over a stream that begins in the middle', () => {
    const events = simulatedStream(7);
    const { violations, verdicts } = watched(events.slice(events.length >>> 1), true);
    expect(violations).toEqual([]);
    expect(verdicts.map(({ verdict }) => verdict)).not.toContain('held');
  });
});

describe('a safety monitor', () => {
  it('has a verdict for each promise that the stream decides', () => {
    const promises = new SafetyMonitor().verdicts().map(({ promise }) => promise);
    expect(new Set([...promises, ...historyPromises])).toEqual(new Set(promiseIds));
  });

  it('says which events are missing', () => {
    const story = new MonitorStory().tell(1, { type: 'node-stopping', reason: 'x' }, 2);
    expect(story.monitor.verdicts()[0]).toEqual({
      promise: 'election-safety',
      verdict: 'evidence-lost',
      violations: 0,
      reason: 'of node 1, events are missing before number 4 of boot 1',
    });
  });

  it('calls broken what is broken, whatever is missing', () => {
    const story = new MonitorStory()
      .elect(0, 1, 0)
      .tell(1, { type: 'node-stopping', reason: 'x' }, 2)
      .elect(2, 1, 1, []);
    expect(story.verdictOf('election-safety')).toBe('broken');
    expect(story.verdictOf('log-matching')).toBe('evidence-lost');
  });

  it('says nothing about a server of which events are missing, until it starts again', () => {
    const story = new MonitorStory().append(1, 1, 3, 1).tell(1, { type: 'node-stopping', reason: 'x' }, 1);
    story
      .append(1, 9, 9, 1)
      .commit(1, 0, 9, 1)
      .start(1, { term: 1, lastIndex: 1, termRuns: [{ term: 1, firstIndex: 1 }] });
    expect(story.broken).toEqual([]);
    expect(story.append(1, 9, 9, 1).broken).toEqual(['log-matching']);
  });

  it('tells the first violations of a promise and counts the others', () => {
    const story = new MonitorStory(3, { crashMayLoseEvents: false, violationsMax: 2 }).elect(0, 1, 0);
    for (let count = 0; count < 5; count++) story.tell(1, { type: 'promise-broken', promise: 'x', reason: `${count}` });
    expect(story.violations).toHaveLength(2);
    expect(story.monitor.verdicts().find(({ promise }) => promise === 'own-word')?.violations).toBe(5);
  });

  it('begins anew with another cluster, and keeps its verdicts', () => {
    const begin = (clusterId: string): EventBody => {
      return { type: 'cluster-started', clusterId, members: [], timings: paperTimings, folder: '/x' };
    };
    const story = new MonitorStory(0).lab(begin('a')).start(0).elect(0, 1, 0, [0]);
    story.lab(begin('b')).start(1).elect(1, 1, 0, [1]);
    expect(story.broken).toEqual([]);
    story.lab(begin('b')).start(2).elect(2, 1, 0, [2]);
    expect(story.broken).toEqual(['election-safety']);
  });

  it('takes a wiped server in that counts its boots anew', () => {
    const story = new MonitorStory();
    const event = story.events[0];
    if (event?.type !== 'node-started') throw new Error('the story begins with a start');
    expect(story.monitor.observe({ ...event, storageId: 'b0000000-0000-4000-8000-000000000000' })).toEqual([]);
    expect(story.verdictOf('durability')).toBe('held');
  });
});
