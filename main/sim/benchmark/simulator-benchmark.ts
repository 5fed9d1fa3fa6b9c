/**
 * `npm run bench:sim`: how fast the simulator runs, one thread, monitors on. `idle`: five servers that only keep their
 * leader. `swarm`: ordinary seeds with all their faults, clients and checks. A JSON line per mix, medians of several runs.
 */
import { paperTimings } from '../../../shared/cluster-config.ts';
import { makePlan } from '../make-plan.ts';
import type { Plan } from '../plan.ts';
import { runPlan } from '../run.ts';
import { median } from './median.ts';

const runs = 5;
const idleMs = 300_000;

function idlePlan(): Plan {
  const { setting, ...plan } = makePlan(1, { nodes: 5 });
  const latency = { minNs: 200_000, maxNs: 400_000, grainNs: 1 };
  return {
    ...plan,
    servers: 5,
    spares: 0,
    durationMs: idleMs,
    acts: [],
    setting: { ...setting, level: 'upper', timings: paperTimings, latency, rulesOff: [] },
  };
}

function measure(plans: readonly Plan[]): { messagesPerS: number; simulatedPerS: number } {
  const startMs = performance.now();
  let messages = 0;
  let simulatedNs = 0;
  for (const plan of plans) {
    const result = runPlan(plan);
    if (result.violations.length > 0) throw new Error(`seed ${plan.seed}: ${result.violations[0]?.sentence}`);
    messages += result.messages;
    simulatedNs += result.simulatedNs;
  }
  const wallS = (performance.now() - startMs) / 1_000;
  return { messagesPerS: messages / wallS, simulatedPerS: simulatedNs / 1e9 / wallS };
}

const mixes: Readonly<Record<string, readonly Plan[]>> = {
  idle: [idlePlan()],
  swarm: Array.from({ length: 9 }, (_, position) => makePlan(position + 1)),
};
for (const [mix, plans] of Object.entries(mixes)) {
  const results = Array.from({ length: runs }, () => measure(plans));
  const line = {
    bench: 'sim',
    mix,
    messages_per_s: Math.round(median(results.map(({ messagesPerS }) => messagesPerS))),
    simulated_s_per_s: Math.round(median(results.map(({ simulatedPerS }) => simulatedPerS))),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
