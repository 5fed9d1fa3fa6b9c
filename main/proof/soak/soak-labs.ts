/** A soak on real nodes, and on simulated ones. */
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import { EventStream } from '../../lab/event-stream.ts';
import { Lab } from '../../lab/lab.ts';
import { spawnNodeFrom } from '../../lab/spawn-node.ts';
import { SimLab } from '../../sim/lab/sim-lab.ts';
import { labAsPort } from '../../lab/lab-as-port.ts';
import { SoakRun, type SoakOptions, type SoakReport } from './soak-run.ts';

/** In steps: what waits for promises goes on between two of them, so that a seed gives the same run again. */
const stepMs = 5;

/** @param folder for the servers' folders */
export async function soakRealLab(
  options: Omit<SoakOptions, 'port'>,
  folder: string,
): Promise<SoakReport & { readonly lateEvents: number }> {
  const stream = new EventStream();
  const spawn = spawnNodeFrom(pathToFileURL('out/main/node-worker.mjs'));
  // A server that is down leaves its port free, so two runs at a time must not look for theirs in the same place.
  const basePort = 20_000 + (process.pid % 1_000) * 10;
  const lab = new Lab({ folder, basePort, timings: paperTimings, spawn }, stream);
  try {
    const report = await new SoakRun({ ...options, port: labAsPort(lab, stream) }).run();
    return { lateEvents: stream.lateEvents, ...report };
  } finally {
    await lab.close();
  }
}

/** In virtual time, as fast as it goes. */
export async function soakSimulatedLab(options: Omit<SoakOptions, 'port'>): Promise<SoakReport> {
  const lab = new SimLab({ seed: options.seed });
  const state = { isOver: false };
  const run = new SoakRun({ ...options, port: lab }).run().finally(() => {
    state.isOver = true;
  });
  while (!state.isOver) {
    lab.advance(lab.nowNs() + stepMs * nanosecondsPerMillisecond);
    await turn();
  }
  return run;
}
