/**
 * What a person can do to links, disks, clocks and power. Each holds until it is taken back, outlives the restarts of its
 * node, and ends with `heal-all`.
 */
import { z } from 'zod';
import { limits } from './cluster-config.ts';
import { faultRuleSchema, nodeIdSchema } from './fault-rule.ts';

const node = nodeIdSchema;
const milliseconds = z.number().min(0).max(limits.faultDelayMsMax);

/**
 * Only servers of the same group hear each other; those in no group form one more. Links between groups are cut, links
 * within one are whole again; other faults of links stay.
 */
const partition = z.strictObject({
  type: z.literal('partition'),
  groups: z
    .array(z.array(node).min(1))
    .min(1)
    .max(limits.nodesMax)
    .refine((groups) => new Set(groups.flat()).size === groups.flat().length, 'each server stands in one group'),
});
/** The rule holds from now on, in the place of one of the same id. */
const setFault = z.strictObject({ type: z.literal('set-fault'), rule: faultRuleSchema });
const clearFault = z.strictObject({ type: z.literal('clear-fault'), faultRule: z.string() });
/** Its thread stands still; what arrives waits in the system's buffers. */
const pauseNode = z.strictObject({ type: z.literal('pause-node'), node });
const resumeNode = z.strictObject({ type: z.literal('resume-node'), node });
/** Its machine loses its power within a moment: what was not flushed is lost or torn. `start-node` brings it back. */
const cutPower = z.strictObject({ type: z.literal('cut-power'), node });
/** Its folder is set aside and its process ended: it comes back, by `start-node`, as a new server that has forgotten everything. */
const wipeNode = z.strictObject({ type: z.literal('wipe-node'), node });

export const diskSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sound') }),
  /** Each flush takes this much longer. */
  z
    .strictObject({
      kind: z.literal('slow'),
      minMs: milliseconds,
      maxMs: milliseconds,
      distribution: z.enum(['uniform', 'exponential', 'pareto']).default('uniform'),
    })
    .refine(({ minMs, maxMs }) => minMs <= maxMs, 'minMs is above maxMs'),
  /** No flush is answered. */
  z.strictObject({ kind: z.literal('stuck') }),
  /** The next flush, or write, ends with an error of the device. */
  z.strictObject({ kind: z.literal('failing'), at: z.enum(['flush', 'write']) }),
  /** It takes so many bytes more. */
  z.strictObject({ kind: z.literal('full'), freeBytes: z.int().min(0).default(0) }),
]);
const setDisk = z.strictObject({ type: z.literal('set-disk'), node, disk: diskSchema });
/** Its clock is so much faster, or slower for a negative number: 100,000 are 10 %. 0: it runs true again. */
const setClockRate = z.strictObject({
  type: z.literal('set-clock-rate'),
  node,
  partsPerMillion: z.int().min(-900_000).max(9_000_000),
});
/** Forward at once; backward by standing still, as a monotonic clock does. */
const jumpClock = z.strictObject({
  type: z.literal('jump-clock'),
  node,
  byMs: z.int().min(-limits.faultDelayMsMax).max(limits.faultDelayMsMax),
});

export const faultCommands = [
  partition,
  setFault,
  clearFault,
  pauseNode,
  resumeNode,
  cutPower,
  wipeNode,
  setDisk,
  setClockRate,
  jumpClock,
] as const;

export type FaultCommandType = z.infer<(typeof faultCommands)[number]>['type'];
export type DiskSetting = z.input<typeof diskSchema>;
