/** A fault with a beginning and an end, as commands. */
import type { Command } from '../../shared/command.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { RandomState } from '../../shared/random.ts';

export interface Step {
  readonly command: Command;
  /** Tried again until it is done, or makes no sense any more. */
  readonly insists?: boolean;
}

/** Steps that are taken together; the next stage begins when all of them were answered. */
export type Stage = readonly Step[];

export interface Episode {
  readonly kind: EpisodeKind;
  /** A stage that fails in part is the last one; then it is over and `end` follows at once. */
  readonly begin: readonly Stage[];
  readonly holdMs: number;
  readonly end: readonly Stage[];
  /** Servers that do not serve meanwhile. */
  readonly hurts: readonly NodeId[];
  /** What no other episode may touch meanwhile: `disk 2`. */
  readonly claims: readonly string[];
  /** A server whose folder the configuration names once both ends of the episode have succeeded. */
  readonly binds?: NodeId;
}

/** What there is to know for whoever draws the next one. */
export interface Situation {
  readonly nodes: readonly NodeId[];
  readonly random: RandomState;
  /** How long episodes last, against the usual. */
  readonly pace: number;
  readonly hurt: ReadonlySet<NodeId>;
  readonly claimed: ReadonlySet<string>;
  /** Servers whose folder the configuration names: they may lose it at any moment (rule `no-amnesia`). */
  readonly bound: ReadonlySet<NodeId>;
}

/** How often each is drawn, against the others. */
export const episodeKinds = {
  partition: 4,
  'one-way cut': 3,
  loss: 2,
  burst: 2,
  delay: 2,
  duplicate: 1,
  reorder: 2,
  corrupt: 1,
  bandwidth: 1,
  pause: 3,
  crash: 4,
  'power cut': 4,
  'stop and start': 2,
  'crash of all': 1,
  'power cut of all': 1,
  'pause of all': 1,
  'slow disk': 2,
  'stuck disk': 2,
  'full disk': 2,
  'clock rate': 3,
  'clock jump': 2,
  'transfer of leadership': 2,
  'change of membership': 2,
  'wipe and replace': 2,
  'heal everything': 1,
} as const;

export type EpisodeKind = keyof typeof episodeKinds;
