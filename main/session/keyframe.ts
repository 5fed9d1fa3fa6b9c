/** Where a chunk begins: what its events are folded onto. */
import { emptyClusterView, type ClusterView } from '../../shared/projection/cluster-view.ts';
import { newNodeView } from '../../shared/projection/node-view.ts';
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

/**
 * The keyframe that `value`, read from a file, is; undefined when it is none. What an older version did not know of the state is
 * as it is in the beginning.
 */
export function readKeyframe(value: unknown): Keyframe | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { position, view, second = null } = value as Partial<Keyframe>;
  if (!Number.isSafeInteger(position) || position === undefined || !Array.isArray(view?.nodes)) return undefined;
  const nodes = view.nodes.map((node) => ({ ...newNodeView(node.id, node.address), ...node }));
  return { ...(value as Keyframe), position, second, view: { ...emptyClusterView, ...view, nodes } };
}
