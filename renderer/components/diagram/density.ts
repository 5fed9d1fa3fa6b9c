/** How much each node sent, received and lost, where there are too many datagrams to draw each one. */
import type { NodeId } from '../../../shared/ids.ts';
import type { SecondFigures } from '../../../shared/projection/second-figures.ts';
import type { Edge } from '../../stores/diagram/diagram-items.ts';

/** `busy[i]`, `lost[i]`: datagrams a second within `fromNs + i · stepNs` and the next step. */
export interface LaneDensity {
  readonly busy: Float64Array;
  readonly lost: Float64Array;
}

export interface Density {
  readonly fromNs: number;
  readonly stepNs: number;
  readonly steps: number;
  readonly lanes: ReadonlyMap<NodeId, LaneDensity>;
  /** The highest of all `busy`. */
  readonly most: number;
}

class DensityCount {
  readonly #fromNs: number;
  readonly #stepNs: number;
  readonly #steps: number;
  readonly #lanes = new Map<NodeId, LaneDensity>();

  constructor(fromNs: number, stepNs: number, steps: number) {
    this.#fromNs = fromNs;
    this.#stepNs = stepNs;
    this.#steps = steps;
  }

  count(node: NodeId, timeNs: number, isLost: boolean): void {
    this.add(node, Math.floor((timeNs - this.#fromNs) / this.#stepNs), 1, isLost ? 1 : 0);
  }

  add(node: NodeId, step: number, busy: number, lost: number): void {
    if (!(step >= 0 && step < this.#steps)) return;
    const lane = this.#laneOf(node);
    lane.busy[step] = (lane.busy[step] ?? 0) + busy;
    lane.lost[step] = (lane.lost[step] ?? 0) + lost;
  }

  /** @param perSecond by what counts are multiplied */
  density(perSecond: number): Density {
    let most = 0;
    for (const { busy, lost } of this.#lanes.values()) {
      for (let step = 0; step < busy.length; step += 1) {
        busy[step] = (busy[step] ?? 0) * perSecond;
        lost[step] = (lost[step] ?? 0) * perSecond;
        most = Math.max(most, busy[step] ?? 0);
      }
    }
    return { fromNs: this.#fromNs, stepNs: this.#stepNs, steps: this.#steps, lanes: this.#lanes, most };
  }

  #laneOf(node: NodeId): LaneDensity {
    const known = this.#lanes.get(node);
    if (known) return known;
    const made = { busy: new Float64Array(this.#steps), lost: new Float64Array(this.#steps) };
    this.#lanes.set(node, made);
    return made;
  }
}

/** Of edges that are loaded. */
export function densityOfEdges(
  each: (visit: (edge: Edge) => void) => void,
  fromNs: number,
  stepNs: number,
  steps: number,
): Density {
  const counts = new DensityCount(fromNs, stepNs, steps);
  each(({ from, to, sendNs, endNs, fate, isCopy }) => {
    if (!isCopy && !Number.isNaN(sendNs)) counts.count(from, sendNs, fate === 'failed');
    if (!Number.isNaN(endNs) && fate !== 'failed') counts.count(to, endNs, fate !== 'arrived');
  });
  return counts.density(1e9 / stepNs);
}

/** Of seconds, where not all events are loaded. */
export function densityOfSeconds(seconds: readonly SecondFigures[], fromNs: number, toNs: number): Density {
  const first = Math.floor(fromNs / 1e9);
  const steps = Math.max(1, Math.ceil(toNs / 1e9) - first);
  const counts = new DensityCount(first * 1e9, 1e9, steps);
  for (const { second, nodes } of seconds) {
    for (const { node, sent, received, lost } of nodes) counts.add(node, second - first, sent + received + lost, lost);
  }
  return counts.density(1);
}
