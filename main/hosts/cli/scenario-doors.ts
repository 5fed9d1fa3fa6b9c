/**
 * One run of a scenario, on real servers or on simulated ones.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits, paperTimings } from '../../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { EventStream } from '../../lab/event-stream.ts';
import { labAsPort } from '../../lab/lab-as-port.ts';
import { Lab } from '../../lab/lab.ts';
import type { LabPort } from '../../lab-port.ts';
import { runScenario } from '../../scenario/run-scenario.ts';
import type { ScenarioResult, ScenarioRun } from '../../scenario/scenario-run.ts';
import type { Variant } from '../../scenario/scenario.ts';
import { SimLab } from '../../sim/lab/sim-lab.ts';

export interface ScenarioOrder {
  readonly title: string;
  readonly variant: Variant;
  readonly seed: number;
  readonly onEvents: (events: readonly LabEvent[]) => void;
  /** Called when it has begun, with what stops it. */
  readonly onBegin: (run: ScenarioRun) => void;
}

export interface FinishedRun {
  readonly result: ScenarioResult;
  /** How long it took on the lab's own clock, ns. */
  readonly spanNs: number;
  /** Where the servers' folders are, if they were kept. */
  readonly folder?: string;
}

/** A run that does not even end by its own bound is ended after so many ms more. */
const graceMs = 60_000;

/** In virtual time, at once. */
export function runOnSimulated(order: ScenarioOrder): FinishedRun {
  const lab = new SimLab({ seed: order.seed });
  const startNs = lab.nowNs();
  let result: ScenarioResult | undefined;
  begin(lab, order, (ended) => {
    result = ended;
  });
  const untilNs = startNs + (limits.scenarioMsMax + graceMs) * nanosecondsPerMillisecond;
  lab.advance(untilNs, () => result !== undefined);
  const { title } = order;
  const never: ScenarioResult = { title, outcome: 'failed', reason: 'it came to no end', expectations: [] };
  return { result: result ?? never, spanNs: lab.nowNs() - startNs };
}

/** On servers of its own, in a folder that is made for it. */
export async function runOnReal(order: ScenarioOrder, keep: boolean): Promise<FinishedRun> {
  const folder = await mkdtemp(join(tmpdir(), 'raft-lab-run-'));
  const stream = new EventStream();
  const lab = new Lab({ folder, basePort: firstPort(), timings: paperTimings }, stream);
  try {
    const result = await new Promise<ScenarioResult>((resolve) => begin(labAsPort(lab, stream), order, resolve));
    return { result, spanNs: lab.nowNs(), ...(keep && { folder }) };
  } finally {
    await lab.close();
    if (!keep) await rm(folder, { recursive: true, force: true });
  }
}

function begin(port: LabPort, order: ScenarioOrder, onEnd: (result: ScenarioResult) => void): void {
  const { title, variant, seed, onEvents, onBegin } = order;
  port.subscribe(onEvents);
  onBegin(runScenario(port, variant, { title, seed }, onEnd));
}

/** Below the ports that systems give away, away from the app's own; runs side by side begin at different ones. */
function firstPort(): number {
  return 20_000 + (process.pid % 600) * 20;
}
