/** Scenarios on simulated servers; those on real ones run, built, in run-scenarios.test.ts. */
import { describe, expect, it } from 'vitest';
import { runOnSimulated, type ScenarioOrder } from '../../../../main/hosts/cli/scenario-doors.ts';
import { required } from '../../../../shared/assert.ts';
import type { LabEvent } from '../../../../shared/event.ts';
import { scenarioOf } from '../../../support/scenario-story.ts';

function orderOf(steps: string, seed = 1): ScenarioOrder & { readonly events: LabEvent[] } {
  const events: LabEvent[] = [];
  const variant = required(scenarioOf(`title: t\n${steps}`).variants[0], 'a variant');
  return { title: 'T', variant, seed, events, onEvents: (some) => events.push(...some), onBegin: () => {} };
}

const election = 'steps:\n  - when: leader elected\n  - { after: 1 s, append: one }';

describe('simulated servers', () => {
  it('do the same for the same seed, in virtual time', () => {
    const [one, again, other] = [orderOf(election, 3), orderOf(election, 3), orderOf(election, 4)];
    const runs = [one, again, other].map((order) => runOnSimulated(order));
    expect(runs.map(({ result }) => [result.title, result.outcome])).toEqual([1, 2, 3].map(() => ['T', 'met']));
    expect(runs[0]?.spanNs).toBeGreaterThan(1e9);
    expect(JSON.stringify(again.events)).toBe(JSON.stringify(one.events));
    expect(JSON.stringify(other.events)).not.toBe(JSON.stringify(one.events));
  });

  it('are stopped by whoever holds the run', () => {
    const { result } = runOnSimulated({ ...orderOf(election), onBegin: (run) => run.stop('enough') });
    expect(result).toMatchObject({ outcome: 'not-judged', reason: 'enough' });
  });
});
