/** Every pair of nodes on the stage: where its line runs, what is done to it, and the chip that says so. */
import { computed, type ComputedRef } from 'vue';
import type { NodeId } from '../../../shared/ids.ts';
import { useClusterStore } from '../../stores/cluster.ts';
import type { Groups } from './group-drag.ts';
import { linkChip, linkLooks, pairKey, placeChips, type LinkChip, type LinkLook } from './link-look.ts';
import { lineBetween, type Point } from './ring-layout.ts';

export interface StageLink {
  readonly key: string;
  /** Smaller id first. */
  readonly a: NodeId;
  readonly b: NodeId;
  readonly from: Point;
  readonly to: Point;
  /** Undefined: it is whole. */
  readonly look: LinkLook | undefined;
  /** Cut between two groups of a partition: the groups say it. */
  readonly isAcross: boolean;
  /** `isTight`: its line is too short for words. */
  readonly chip: { readonly chip: LinkChip; readonly at: Point; readonly isTight: boolean } | undefined;
}

const chipsMax = 20;
/** A line of this length has room for a chip with words, and for what flies there. */
const wordyFrom = 120;

/** @param ids ascending */
export function useStageLinks(
  ids: () => readonly NodeId[],
  places: () => ReadonlyMap<NodeId, Point>,
  radius: () => number,
  groups: () => Groups,
): ComputedRef<readonly StageLink[]> {
  const cluster = useClusterStore();
  // Each is the very same list until a link changes, whatever else happens in the cluster.
  const cutLinks = computed(() => cluster.view.cutLinks);
  const faults = computed(() => cluster.view.faults);
  const looks = computed(() => linkLooks(cutLinks.value, faults.value));
  const groupOf = computed(() => new Map(groups().flatMap((group, i) => group.map((id) => [id, i] as const))));
  const pairs = computed(() =>
    ids().flatMap((a, i) =>
      ids()
        .slice(i + 1)
        .map((b) => ({ key: pairKey(a, b), a, b })),
    ),
  );

  return computed(() => {
    const links = pairs.value.flatMap(({ key, a, b }) => {
      const from = places().get(a);
      const to = places().get(b);
      if (!from || !to) return [];
      const look = looks.value.get(key);
      const isAcross = look?.cut === 'both' && groupOf.value.get(a) !== groupOf.value.get(b);
      const chip = look && !isAcross ? linkChip(look, a, b) : undefined;
      return [{ key, a, b, from, to, look, isAcross, chip }];
    });
    const signed = links.filter(({ chip }) => chip !== undefined);
    // So many would only hide the nodes: the lines say it by their dashes.
    if (signed.length > chipsMax) return links.map((link) => ({ ...link, chip: undefined }));
    const at = placeChips(signed.map(({ from, to }) => lineBetween(from, to, radius(), 12)));
    return links.map(({ chip, ...link }) => {
      const place = at[signed.findIndex(({ key }) => key === link.key)];
      const length = Math.hypot(link.to.x - link.from.x, link.to.y - link.from.y) - 2 * radius();
      return { ...link, chip: chip && place ? { chip, at: place, isTight: length < wordyFrom } : undefined };
    });
  });
}
