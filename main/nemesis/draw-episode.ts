/**
 * Draws the next fault. At most a minority of the servers is out of service at a time, but sometimes everybody is for a moment. A folder
 * is wiped only where the cluster can know of it: the server was removed before, or the configuration names its folder.
 */
import { drawInteger } from '../../shared/random.ts';
import { episodeKinds, type Episode, type EpisodeKind, type Situation } from './episode.ts';
import { drawLinkEpisode, isLinkKind } from './link-episodes.ts';
import { drawMemberEpisode, isMemberKind } from './member-episodes.ts';
import { drawNodeEpisode } from './node-episodes.ts';

const kinds = Object.entries(episodeKinds) as [EpisodeKind, number][];
const totalWeight = kinds.reduce((sum, [, weight]) => sum + weight, 0);
/** Not every kind is possible at every time. */
const triesMax = 50;

/** Undefined when nothing that was drawn is possible now. */
export function drawEpisode(situation: Situation): Episode | undefined {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const episode = drawOf(drawKind(situation), situation);
    if (episode && isPossible(episode, situation)) return episode;
  }
  return undefined;
}

/** One of this kind, whether or not it is possible now; undefined when it makes no sense. */
export function drawOf(kind: EpisodeKind, situation: Situation): Episode | undefined {
  if (isLinkKind(kind)) return drawLinkEpisode(kind, situation);
  if (isMemberKind(kind)) return drawMemberEpisode(kind, situation);
  return drawNodeEpisode(kind, situation);
}

function drawKind({ random }: Situation): EpisodeKind {
  let left = drawInteger(random, 1, totalWeight);
  const found = kinds.find(([, weight]) => {
    left -= weight;
    return left <= 0;
  });
  return found ? found[0] : 'heal everything';
}

function isPossible({ claims, hurts }: Episode, { nodes, hurt, claimed }: Situation): boolean {
  if (claims.some((claim) => claimed.has(claim)) || hurts.some((node) => hurt.has(node))) return false;
  const ofAll = hurts.length === nodes.length;
  return ofAll ? hurt.size === 0 : hurt.size + hurts.length <= Math.floor((nodes.length - 1) / 2);
}
