/**
 * Everything that a person can do is one typed command. The schema is checked at every door.
 */
import { sessionCommands } from './session-command.ts';
import { z } from 'zod';
import { limits } from './cluster-config.ts';
import { faultCommands } from './fault-command.ts';
import { linkSchema, nodeIdSchema } from './fault-rule.ts';
import { describeSchemaProblem } from './schema-problem.ts';
import { networkDelay, rulesOff, seed, timings } from './start-fields.ts';
import { workloadSchema } from './workload.ts';
import { worldCommands } from './world-command.ts';

// `new Function` is refused by the page's content security policy, and zod would try it.
z.config({ jitless: true });

const node = nodeIdSchema;
const index = z.int().min(0).max(limits.indexMax);

const world = z.enum(['real', 'simulated']);

/** Bytes, as text or as they are. */
const entry = z.union([z.string(), z.instanceof(Uint8Array)]);

/**
 * Starts a cluster in the lab's folder, after stopping the one that runs. The latest cluster of this size is taken up
 * again with its logs; `fresh` begins a new one with empty logs beside it and deletes nothing.
 */
const startCluster = z.strictObject({
  type: z.literal('start-cluster'),
  nodes: z.int().min(limits.nodesMin).max(limits.nodesMax),
  fresh: z.boolean().optional(),
  timings: timings.optional(),
  /** How many of them, from node 0 on, a new cluster begins with; the others run and wait to be added. All by default. */
  voters: z.int().min(1).max(limits.nodesMax).optional(),
  /** Rules that are off from the start. */
  rulesOff: rulesOff.optional(),
  /** With a retention set, a snapshot is taken each time that this many entries more were applied. */
  snapshotEveryEntries: z.int().min(1).max(limits.indexMax).optional(),
  /** What is drawn (election timeouts, faults) comes from it. By chance by default. */
  seed: seed.optional(),
  /**
   * `real` by default. The simulated world runs in virtual time, beginning with one second a second (`set-pace`), and is the
   * same for the same seed and the same acts at the same times. One that is there goes on with another cluster, unless a `seed`
   * or a `fresh` one is asked for: that opens another world, whose time begins anew.
   */
  world: world.optional(),
  networkDelay: networkDelay.optional(),
});
const stopCluster = z.strictObject({ type: z.literal('stop-cluster') });
/** Starts a node that is stopped or crashed, on the folder that it left. */
const startNode = z.strictObject({ type: z.literal('start-node'), node });
/** Closes a node cleanly. */
const stopNode = z.strictObject({ type: z.literal('stop-node'), node });
/** Kills a node's thread where it stands. */
const crashNode = z.strictObject({ type: z.literal('crash-node'), node });
const cutLink = z.strictObject({ type: z.literal('cut-link'), link: linkSchema });
const healLink = z.strictObject({ type: z.literal('heal-link'), link: linkSchema });
/** Heals every link, disk and clock, and lets every node go on. What is stopped stays stopped. */
const healAll = z.strictObject({ type: z.literal('heal-all') });
const append = z.strictObject({
  type: z.literal('append'),
  node,
  entries: z.array(entry).min(1).max(limits.entriesPerRequestMax),
  expect: z.strictObject({ prevLogIndex: index, prevLogTerm: index }).optional(),
  /** Of a client session that is open; with it a repeated append takes effect once. */
  session: z
    .strictObject({ sessionId: index.min(1), sequence: index.min(1), lowestOpen: index.min(1) })
    .refine(({ sequence, lowestOpen }) => lowestOpen <= sequence, 'lowestOpen is above sequence')
    .optional(),
});
const indexRange = z.strictObject({
  type: z.literal('index-range'),
  node,
  startIndex: index,
  endIndex: index,
  read: z.enum(['linearizable', 'lease', 'local']).optional(),
  includeInternal: z.boolean().optional(),
});

function distinctNodes(max: number): z.ZodType<number[]> {
  return z
    .array(node)
    .max(max)
    .refine((ids) => new Set(ids).size === ids.length, 'each server stands here once');
}

/**
 * Who votes and who learns from now on, by the leader that the lab finds. `joint` (the default): any change at once;
 * `single-server`: one voter more or less (dissertation §4.1). A server that is new is bound to the folder that it has.
 */
const changeMembership = z.strictObject({
  type: z.literal('change-membership'),
  mode: z.enum(['joint', 'single-server']).optional(),
  voters: distinctNodes(limits.nodesMax).refine((ids) => ids.length > 0, 'at least one server votes'),
  learners: distinctNodes(limits.learnersMax),
});
/** The leader hands its office over (dissertation §3.10). */
const transferLeadership = z.strictObject({ type: z.literal('transfer-leadership'), to: node });
/** How many entries each server keeps from now on; 0 keeps everything. */
const setRetention = z.strictObject({ type: z.literal('set-retention'), retainEntries: index });
/** The rules that are off from now on, on every server; none is named twice. The others are on. */
const setRules = z.strictObject({ type: z.literal('set-rules'), rulesOff });
/** Clients that ask by themselves, in the place of those that do so already. */
const startWorkload = z.strictObject({ type: z.literal('start-workload'), workload: workloadSchema });
const stopWorkload = z.strictObject({ type: z.literal('stop-workload') });
/** What the checks say of this cluster since it was started. */
const judge = z.strictObject({ type: z.literal('judge') });
/** Runs a scenario, given as YAML, in the place of the cluster that runs. */
const runScenario = z.strictObject({
  type: z.literal('run-scenario'),
  text: z.string().max(limits.scenarioCharsMax),
  /** Which of its runs, by name, where it describes several; the first one by default. */
  variant: z.string().max(200).optional(),
  /** `real` by default. */
  world: world.optional(),
  seed: seed.optional(),
});
const stopScenario = z.strictObject({ type: z.literal('stop-scenario') });
/** What was done by hand since the cluster was started, as a scenario. */
const saveScenario = z.strictObject({ type: z.literal('save-scenario'), title: z.string().min(1).max(200) });

export const commandSchema = z.discriminatedUnion('type', [
  startCluster,
  stopCluster,
  startNode,
  stopNode,
  crashNode,
  cutLink,
  healLink,
  healAll,
  append,
  indexRange,
  changeMembership,
  transferLeadership,
  setRetention,
  setRules,
  ...faultCommands,
  startWorkload,
  stopWorkload,
  judge,
  runScenario,
  stopScenario,
  saveScenario,
  ...worldCommands,
  ...sessionCommands,
]);

export type Command = z.infer<typeof commandSchema>;
export type CommandType = Command['type'];
export type CommandOf<Type extends CommandType> = Extract<Command, { type: Type }>;

/** Each problem with its place, `entries.0: …`. Undefined when `value` is a command. */
export function describeCommandProblem(value: unknown): string | undefined {
  const parsed = commandSchema.safeParse(value);
  return parsed.success ? undefined : describeSchemaProblem(parsed.error, 'command');
}
