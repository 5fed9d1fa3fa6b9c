import { expect, it } from 'vitest';
import { describePlan, repeatLine } from '../../../main/sim/describe-plan.ts';
import { makePlan } from '../../../main/sim/make-plan.ts';
import { ruleIds } from '../../../shared/rules.ts';
import { planForRule } from '../../../main/sim/rule-schedules.ts';
import { calmPlan, timed } from '../../support/sim-cluster.ts';

it('repeats a run in one line', () => {
  expect(repeatLine({ seed: 4711 })).toBe('raft-lab sim --seeds 4711');
  expect(repeatLine({ seed: 7, nodes: 5, ruleOff: 'pre-vote' })).toBe(
    'raft-lab sim --seeds 7 --nodes 5 --rule-off pre-vote',
  );
});

it('says in a line each what the cluster is and what is done to it', () => {
  const acts = timed(
    [5, { kind: 'crash', node: 'leader', forMs: 30 }],
    [6, { kind: 'partition', groups: [[0], [1, 2]], forMs: 40 }],
    [7, { kind: 'transfer', to: 2 }],
  );
  expect(describePlan(calmPlan({ acts }))).toEqual([
    '3 voters, 0 spare servers, 5000 ms, upper ports',
    'election timeout 150–300 ms, heartbeat 50 ms',
    'latency 0.5–1 ms, flush 0.1–0.2 ms',
    'at 5 ms: crash of whoever leads, for 30 ms',
    'at 6 ms: only {0} {1,2} hear each other, for 40 ms',
    'at 7 ms: the office goes to 2',
  ]);
});

it('has words for whatever is drawn', () => {
  const plans = [
    ...Array.from({ length: 30 }, (_, seed) => makePlan(seed)),
    ...ruleIds.map((rule) => planForRule(rule, 1, {})),
  ];
  for (const plan of plans) {
    const lines = describePlan(plan);
    expect(lines).toHaveLength(plan.acts.length + 3);
    expect(lines.filter((line) => /undefined|\[object|NaN/.test(line))).toEqual([]);
  }
});
