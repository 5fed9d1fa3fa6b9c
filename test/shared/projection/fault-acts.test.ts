import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../shared/fault-rule.ts';
import { noFaultActs, powerRuleId, projectFaultActs } from '../../../shared/projection/fault-acts.ts';
import { EventStory } from '../../support/event-story.ts';

const rule: FaultRule = { id: 'loss 0→1', link: { from: 0, to: 1 }, action: { kind: 'drop', percent: 10 } };

function lossy(): EventStory {
  const story = new EventStory().cluster(2);
  story.lab({ type: 'fault-set', faultRule: rule.id, fault: rule, description: '' });
  return story;
}
const dropped = { type: 'datagram-dropped', from: 0, fromBoot: 1, datagram: 1, faultRule: rule.id } as const;

describe('what faults did', () => {
  it('is counted by rule and act, from when the rule was set', () => {
    const story = lossy();
    const sinceNs = story.events.at(-1)?.timeNs;
    story.tell(1, dropped);
    story.tell(1, { ...dropped, type: 'datagram-faulted', act: 'delayed', delayNs: 5 });
    story.tell(1, dropped);
    const { byRule } = projectFaultActs(noFaultActs, story.events);
    expect(byRule.get(rule.id)).toEqual({ sinceNs, counts: { dropped: 2, delayed: 1 } });
  });

  it('begins anew when the rule is set again, and ends with it', () => {
    const story = lossy();
    story.tell(1, dropped);
    story.lab({ type: 'fault-set', faultRule: rule.id, fault: rule, description: '' });
    expect(projectFaultActs(noFaultActs, story.events).byRule.get(rule.id)?.counts).toEqual({});
    story.lab({ type: 'fault-cleared', faultRule: rule.id });
    expect(projectFaultActs(noFaultActs, story.events).byRule.size).toBe(0);
  });

  it('is told of cuts, disks and pauses too', () => {
    const story = new EventStory().cluster(2);
    story.lab({ type: 'link-cut', link: { from: 0, to: 1 }, faultRule: 'cut 0→1' });
    story.lab({ type: 'node-fault', target: 1, fault: 'slow-disk', faultRule: 'slow-disk 1', reason: '' });
    story.lab({ type: 'node-fault', target: 0, fault: 'pause', faultRule: 'pause 0', reason: '' });
    const acted = { type: 'node-fault-acted', target: 1, faultRule: 'slow-disk 1', act: 'flush-delayed' } as const;
    story.tell(1, { ...acted, delayNs: 9 });
    const before = projectFaultActs(noFaultActs, story.events);
    expect([...before.byRule.keys()]).toEqual(['cut 0→1', 'slow-disk 1', 'pause 0']);
    expect(before.byRule.get('slow-disk 1')?.counts).toEqual({ 'flush-delayed': 1 });
    story.lab({ type: 'node-fault', target: 0, fault: 'resume', faultRule: 'pause 0', reason: '' });
    story.lab({ type: 'node-fault', target: 1, fault: 'healed', faultRule: 'slow-disk 1', reason: '' });
    story.lab({ type: 'link-healed', link: { from: 0, to: 1 }, faultRule: 'cut 0→1' });
    expect(projectFaultActs(before, story.events.slice(-3)).byRule.size).toBe(0);
  });

  it('keeps a cut of the power until the node is launched again', () => {
    const story = new EventStory().cluster(2);
    story.lab({ type: 'node-fault', target: 1, fault: 'power-cut', faultRule: powerRuleId(1), reason: '' });
    const before = projectFaultActs(noFaultActs, story.events);
    expect(before.byRule.has(powerRuleId(1))).toBe(true);
    expect(projectFaultActs(before, [story.lab({ type: 'node-launched', target: 0 })])).toBe(before);
    expect(projectFaultActs(before, [story.lab({ type: 'node-launched', target: 1 })]).byRule.size).toBe(0);
  });

  it('of a rule that nobody saw begin has no beginning', () => {
    const story = new EventStory();
    const { byRule } = projectFaultActs(noFaultActs, [story.tell(1, dropped)]);
    expect(byRule.get(rule.id)).toEqual({ sinceNs: undefined, counts: { dropped: 1 } });
  });

  it('is forgotten with the cluster, whose seed it tells', () => {
    const before = projectFaultActs(noFaultActs, lossy().events);
    expect(before.seed).toBeUndefined();
    const started = new EventStory().cluster(1).events[0];
    if (started?.type !== 'cluster-started') throw new Error('no start');
    expect(projectFaultActs(before, [{ ...started, seed: 7 }])).toEqual({ seed: 7, byRule: new Map() });
  });

  it('is the very same object when no event is about a fault', () => {
    const before = projectFaultActs(noFaultActs, lossy().events);
    expect(projectFaultActs(before, new EventStory().elect(0, 1, 2).events)).toBe(before);
  });

  it('never holds more than its limit', () => {
    const story = new EventStory();
    for (let i = 0; i < 4_100; i++) story.tell(1, { ...dropped, faultRule: `rule ${i}` });
    const { byRule } = projectFaultActs(noFaultActs, story.events);
    expect(byRule.size).toBe(4_000);
    expect(byRule.has('rule 4099')).toBe(true);
  });
});
