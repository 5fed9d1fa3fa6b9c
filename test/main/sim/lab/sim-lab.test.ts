import { describe, expect, it } from 'vitest';
import { workloadSchema } from '../../../../shared/workload.ts';
import { SimLab } from '../../../../main/sim/lab/sim-lab.ts';
import type { LabPort } from '../../../../main/lab-port.ts';
import { DrivenLab, startDrivenLab } from '../../../support/sim-lab.ts';

const second = 1_000_000_000;

/** A day in the life of a cluster, as text. */
function story(seed: number, level: 'upper' | 'bytes'): string {
  const driven = startDrivenLab(5, { seed, level });
  const leader = driven.leader();
  driven.do({ type: 'start-workload', workload: workloadSchema.parse({ requestsPerSecond: 50 }) });
  driven.do({
    type: 'set-fault',
    rule: { id: 'loss', link: { from: 0, to: 1 }, action: { kind: 'drop', percent: 30 } },
  });
  driven.do({ type: 'set-disk', node: 2, disk: { kind: 'slow', minMs: 1, maxMs: 9, distribution: 'pareto' } });
  driven.runFor(1_000);
  driven.do({ type: 'cut-power', node: leader });
  driven.leader(leader);
  driven.do({ type: 'start-node', node: leader });
  driven.runFor(2_000);
  driven.do({ type: 'heal-all' });
  driven.do({ type: 'stop-cluster' });
  driven.do({ type: 'judge' });
  return driven.events.map((event) => JSON.stringify(event)).join('\n');
}

describe('SimLab', () => {
  it.each(['upper', 'bytes'] as const)(
    'tells the same stream to the byte for the same seed and commands (%s)',
    (level) => {
      const [first, again, other] = [story(7, level), story(7, level), story(8, level)];
      expect(first.length).toBeGreaterThan(100_000);
      expect(again).toBe(first);
      expect(other).not.toBe(first);
    },
  );

  it('refuses what is no command, and puts in what has a default', () => {
    const driven = startDrivenLab(3);
    const strange = driven.ask({ type: 'stop-node', node: -1 });
    expect(strange).toMatchObject({ ok: false, failure: { code: 'invalid' } });
    expect(driven.eventsOf('command-refused')).toEqual([]);
    driven.do({ type: 'start-workload', workload: {} } as never);
    expect(driven.eventsOf('workload-started')[0]?.workload).toMatchObject({ clients: 4, payloadBytes: 16 });
  });

  it('answers at once what needs no time, behind what the stream shows of it', () => {
    const driven = new DrivenLab();
    const seen: string[] = [];
    driven.lab.subscribe((events) => seen.push(...events.map(({ type }) => type)));
    driven.lab.execute({ type: 'start-cluster', nodes: 1 }, ({ ok }) => seen.push(`answered ${ok}`));
    expect(seen).toEqual(['cluster-started', 'node-launched', 'node-started', 'answered true']);
  });

  it('lets whoever hears of an event or an answer give the next command', () => {
    const port: LabPort = new SimLab({ seed: 3 });
    const answers: string[] = [];
    const took = (what: string) => (result: { ok: boolean }) => answers.push(`${what} ${result.ok}`);
    port.subscribe((events) => {
      for (const event of events) {
        if (event.type === 'role-changed' && event.to === 'leader')
          port.execute({ type: 'append', node: event.node, entries: ['first'] }, (result) => {
            took('append')(result);
            port.execute({ type: 'crash-node', node: event.node }, took('crash'));
          });
      }
    });
    port.execute({ type: 'start-cluster', nodes: 3 }, took('start'));
    (port as SimLab).advance(port.nowNs() + 2 * second, () => answers.length === 3);
    expect(answers).toEqual(['start true', 'append true', 'crash true']);
  });

  it('drives time: to a moment, until it is over, one thing after the other', () => {
    const driven = new DrivenLab();
    const { lab } = driven;
    expect([lab.isIdle, lab.step()]).toEqual([true, false]);
    const startNs = lab.nowNs();
    lab.advance(startNs + second);
    expect(lab.nowNs()).toBe(startNs + second);
    driven.do({ type: 'start-cluster', nodes: 3 });
    expect(lab.isIdle).toBe(false);
    lab.advance(startNs + 100 * second, () => driven.eventsOf('election-started').length > 0);
    expect(lab.nowNs()).toBeLessThan(startNs + 3 * second);
    const before = driven.events.length;
    while (driven.events.length === before) expect(lab.step()).toBe(true);
    driven.do({ type: 'stop-cluster' });
    while (lab.step());
    expect(lab.isIdle).toBe(true);
  });

  it('calls back at its time, and not when that was taken back', () => {
    const { lab } = new DrivenLab();
    const startNs = lab.nowNs();
    const seen: number[] = [];
    lab.after(20, () => seen.push((lab.nowNs() - startNs) / 1_000_000));
    lab.after(1.5, () => seen.push((lab.nowNs() - startNs) / 1_000_000));
    const takeBack = lab.after(3, () => seen.push(-1));
    takeBack();
    lab.advance(startNs + second);
    expect(seen).toEqual([1.5, 20]);
  });

  it('tells what others report, stamped as the lab itself', () => {
    const driven = new DrivenLab();
    driven.lab.tell({ type: 'scenario-started', title: 'one', steps: 2 });
    expect(driven.events).toMatchObject([{ type: 'scenario-started', node: -1, sequence: 1, title: 'one' }]);
  });

  it('puts what a command did behind everything that was seen before, by its Lamport number', () => {
    const driven = startDrivenLab(3);
    driven.runFor(500);
    const highest = Math.max(...driven.events.map(({ lamport }) => lamport));
    driven.do({ type: 'cut-link', link: { from: 0, to: 1 } });
    expect(driven.eventsOf('link-cut')[0]?.lamport).toBeGreaterThan(highest);
  });
});
