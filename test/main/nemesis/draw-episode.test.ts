import { describe, expect, it } from 'vitest';
import { drawEpisode, drawOf } from '../../../main/nemesis/draw-episode.ts';
import { episodeKinds, type EpisodeKind, type Situation } from '../../../main/nemesis/episode.ts';
import { describeCommandProblem } from '../../../shared/command.ts';
import { limits } from '../../../shared/cluster-config.ts';

const kinds = Object.keys(episodeKinds) as EpisodeKind[];

function situation(seed: number, change: Partial<Situation> = {}): Situation {
  const nothing = { hurt: new Set<number>(), claimed: new Set<string>(), bound: new Set<number>() };
  return { nodes: [0, 1, 2, 3, 4], random: { random: seed }, pace: 1, ...nothing, ...change };
}

describe('an episode', () => {
  it.each(kinds)('of kind "%s" is made of commands, and ends what it began', (kind) => {
    for (let seed = 1; seed <= 50; seed++) {
      const episode = drawOf(kind, situation(seed));
      const steps = [...(episode?.begin ?? []), ...(episode?.end ?? [])].flat();
      expect(steps.map(({ command }) => describeCommandProblem(command)).filter(Boolean)).toEqual([]);
      expect(steps.length).toBeGreaterThan(0);
      expect(episode?.end.length === 0 ? episode.holdMs : 0).toBe(0);
    }
  });

  it('hurts a minority at most, or everybody while nobody else is hurt', () => {
    for (let seed = 1; seed <= 2_000; seed++) {
      const free = drawEpisode(situation(seed));
      expect([0, 1, 2, 5]).toContain(free?.hurts.length);
      const two = drawEpisode(situation(seed, { hurt: new Set([0, 1]) }));
      expect(two?.hurts).toEqual([]);
    }
  });

  it('leaves alone what others claim', () => {
    const claimed = new Set(['membership', 'cuts', 'loss']);
    for (let seed = 1; seed <= 500; seed++) {
      const episode = drawEpisode(situation(seed, { claimed }));
      expect(episode?.claims.filter((claim) => claimed.has(claim))).toEqual([]);
    }
  });

  it('wipes a server only after it has left, unless the configuration names its folder', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const stranger = drawOf('wipe and replace', situation(seed))?.begin.flat() ?? [];
      expect(stranger.map(({ command }) => command.type)).toEqual(['change-membership', 'wipe-node']);
      const known =
        drawOf('wipe and replace', situation(seed, { bound: new Set([0, 1, 2, 3, 4]) }))?.begin.flat() ?? [];
      expect(known.map(({ command }) => command.type)).toEqual(['wipe-node']);
    }
  });

  it('keeps clocks within what leases allow for', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const command = drawOf('clock rate', situation(seed))?.begin.flat()[0]?.command;
      const rate = command?.type === 'set-clock-rate' ? command.partsPerMillion : Infinity;
      expect(Math.abs(rate)).toBeLessThan(limits.clockDriftPercentMax * 10_000);
    }
  });
});
