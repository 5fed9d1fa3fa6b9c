/** Where a chunk begins: what its events are folded onto. */
import { emptyClusterView, type ClusterView } from '../../shared/projection/cluster-view.ts';
import type { SecondFigures } from '../../shared/projection/second-figures.ts';

export interface Keyframe {
  /** Of the first event of the chunk. */
  readonly position: number;
  readonly view: ClusterView;
  /** What has come of the second that runs. */
  readonly second: SecondFigures | null;
  /** Why the events before it are missing, where they are. */
  readonly gap?: string;
}

export const firstKeyframe: Keyframe = { position: 0, view: emptyClusterView, second: null };

/** True when `value`, read from a file, can be used as a keyframe. */
export function isKeyframe(value: unknown): value is Keyframe {
  if (typeof value !== 'object' || value === null) return false;
  const { position, view } = value as Partial<Keyframe>;
  return Number.isSafeInteger(position) && typeof view === 'object' && Array.isArray(view.nodes);
}
