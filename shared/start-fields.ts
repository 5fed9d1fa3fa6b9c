/** What a cluster is started with, as several commands say it. */
import { z } from 'zod';
import { isRuleId, ruleIds, type RuleId } from './rules.ts';

/** What is drawn comes from it. */
export const seed = z.int().min(0).max(0xffff_ffff);

export const timings = z.strictObject({
  electionTimeoutMinMs: z.int().min(1),
  electionTimeoutMaxMs: z.int().min(1),
  heartbeatIntervalMs: z.int().min(1),
});

export const rulesOff = z
  .array(z.custom<RuleId>(isRuleId, 'there is no such rule'))
  .max(ruleIds.length)
  .refine((ids) => new Set(ids).size === ids.length, 'each rule stands here once');

/** Each datagram takes so long: an ordinary network of this cluster, no fault, and `heal-all` leaves it. */
export const networkDelay = z
  .strictObject({ minMs: z.number().min(0).max(1_000), maxMs: z.number().min(0).max(1_000) })
  .refine(({ minMs, maxMs }) => minMs <= maxMs, 'minMs is above maxMs');
