/**
 * Commands to time itself, and to the choice of the world: a lab refuses them, whoever opens worlds carries them out.
 */
import { z } from 'zod';
import { limits } from './cluster-config.ts';
import { networkDelay, rulesOff, seed, timings } from './start-fields.ts';

/** Only in the simulated world: how fast its time passes. `speed` is virtual seconds a second; 0 holds it. */
const setPace = z.strictObject({ type: z.literal('set-pace'), speed: z.number().min(0).max(100) });
/**
 * Only in the simulated world, which is held from then on: one thing happens that the stream tells of (a datagram arrives, a
 * timer is due, a disk is done).
 */
const stepWorld = z.strictObject({ type: z.literal('step-world') });
/**
 * Tries seed after seed in the simulated world until one shows what is looked for, and opens it there. `violation` needs
 * rules that are off.
 */
const findSeed = z.strictObject({
  type: z.literal('find-seed'),
  looking: z.enum(['split-vote', 'two-leaders', 'violation']),
  nodes: z.int().min(limits.nodesMin).max(limits.nodesMax),
  rulesOff: rulesOff.optional(),
  timings: timings.optional(),
  /** For a split vote by default a tenth to a fifth of the shortest election timeout: on a faster network votes seldom split. */
  networkDelay: networkDelay.optional(),
  /** The first seed to try; 1 by default. */
  from: seed.optional(),
  /** 10,000 by default. */
  seedsMax: z.int().min(1).max(100_000).optional(),
});
/** Ends a search for a seed, which is then answered with `not-running`. (One that found nothing: `refused`.) */
const stopSearch = z.strictObject({ type: z.literal('stop-search') });

export const worldCommands = [setPace, stepWorld, findSeed, stopSearch] as const;

export type WorldCommandType = z.infer<(typeof worldCommands)[number]>['type'];
