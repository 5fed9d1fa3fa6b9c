/** A long stream as a cluster under load tells it, with a crash now and then: what the store is measured with. */
import { randomUUID } from 'node:crypto';
import type { LabEvent } from '../../shared/event.ts';
import { workloadSchema } from '../../shared/workload.ts';
import { SimLab } from '../sim/lab/sim-lab.ts';

const nodes = 5;
/** So that an hour has some three million events. */
const requestsPerSecond = 12;
const second = 1e9;
/** Calls whose reply may still come. */
const uuidsMax = 10_000;

/** Events of five simulated servers, at least `count`, a tenth of a second at a time. */
export function* clusterUnderLoad(count: number): Generator<LabEvent[]> {
  const lab = new SimLab({ seed: 7 });
  const realUuid = realUuids();
  let waiting: LabEvent[] = [];
  lab.subscribe((events) => {
    for (const event of events) waiting.push('uuid' in event ? { ...event, uuid: realUuid(event.uuid) } : event);
  });
  lab.execute({ type: 'start-cluster', nodes }, () => {});
  lab.advance(3 * second);
  lab.execute({ type: 'start-workload', workload: workloadSchema.parse({ requestsPerSecond }) }, () => {});
  for (let tenth = 31, told = 0; told < count; tenth += 1) {
    const node = Math.floor(tenth / 600) % nodes;
    if (tenth % 600 === 0) lab.execute({ type: 'crash-node', node }, () => {});
    if (tenth % 600 === 50) lab.execute({ type: 'start-node', node }, () => {});
    lab.advance((tenth * second) / 10);
    told += waiting.length;
    yield waiting;
    waiting = [];
  }
}

/** Uuids as random as real ones: simulated ones take less room in a file. */
function realUuids(): (uuid: string) => string {
  const real = new Map<string, string>();
  return (uuid) => {
    const known = real.get(uuid) ?? randomUUID();
    real.set(uuid, known);
    if (real.size > uuidsMax) for (const oldest of [...real.keys()].slice(0, uuidsMax / 2)) real.delete(oldest);
    return known;
  };
}
