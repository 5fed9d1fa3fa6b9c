/** Partitions that are worth seeing, ready-made for the cluster as it stands. Pure. */
import type { Link } from '../../../shared/fault-rule.ts';
import type { NodeId } from '../../../shared/ids.ts';

export type PresetId = 'isolate-leader' | 'leader-minority' | 'halves' | 'bridge' | 'ring';
export const presetIds: readonly PresetId[] = ['isolate-leader', 'leader-minority', 'halves', 'bridge', 'ring'];

/** Groups that don't hear each other; or single links that are cut, where no groups come of it. */
export type PresetPlan =
  | { readonly kind: 'groups'; readonly groups: readonly (readonly NodeId[])[] }
  | { readonly kind: 'cuts'; readonly links: readonly Link[] };

/**
 * @param ids all servers, ascending
 * @param leader undefined while nobody leads
 * @returns undefined where there are too few servers for it, or no leader
 */
export function presetPlan(
  preset: PresetId,
  ids: readonly NodeId[],
  leader: NodeId | undefined,
): PresetPlan | undefined {
  switch (preset) {
    case 'isolate-leader':
      return leader === undefined || ids.length < 2
        ? undefined
        : groups(
            [leader],
            ids.filter((id) => id !== leader),
          );
    case 'leader-minority':
      return leaderInMinority(ids, leader);
    case 'halves': {
      const half = Math.ceil(ids.length / 2);
      return ids.length < 2 ? undefined : groups(ids.slice(0, half), ids.slice(half));
    }
    case 'bridge':
      return ids.length < 3 ? undefined : bridged(ids, leader);
    default:
      return ids.length < 4 ? undefined : neighboursOnly(ids);
  }
}

/** The largest minority that has the leader in it; of three servers that would be the leader alone. */
function leaderInMinority(ids: readonly NodeId[], leader: NodeId | undefined): PresetPlan | undefined {
  const size = Math.floor((ids.length - 1) / 2);
  if (leader === undefined || size < 2) return undefined;
  const followers = ids.filter((id) => id !== leader);
  return groups([leader, ...followers.slice(0, size - 1)].toSorted(ascending), followers.slice(size - 1));
}

/** A follower hears both sides, so that the leader has one to lose. */
function bridged(ids: readonly NodeId[], leader: NodeId | undefined): PresetPlan {
  const followers = ids.filter((id) => id !== leader);
  const bridge = followers[Math.floor(followers.length / 2)];
  const others = ids.filter((id) => id !== bridge);
  const half = Math.ceil(others.length / 2);
  return { kind: 'cuts', links: between(others.slice(0, half), others.slice(half)) };
}

function neighboursOnly(ids: readonly NodeId[]): PresetPlan {
  const isFar = (a: number, b: number): boolean => {
    const apart = Math.abs(a - b);
    return apart > 1 && apart < ids.length - 1;
  };
  const links = ids.flatMap((from, i) => ids.flatMap((to, k) => (isFar(i, k) ? [{ from, to }] : [])));
  return { kind: 'cuts', links };
}

function groups(...all: readonly (readonly NodeId[])[]): PresetPlan {
  return { kind: 'groups', groups: all };
}

/** Every link from one side to the other, both ways. */
function between(left: readonly NodeId[], right: readonly NodeId[]): readonly Link[] {
  return left.flatMap((a) =>
    right.flatMap((b) => [
      { from: a, to: b },
      { from: b, to: a },
    ]),
  );
}

function ascending(a: number, b: number): number {
  return a - b;
}
