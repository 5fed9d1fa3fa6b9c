/**
 * Everything that a person can do is one typed command. The schema is checked at every door.
 */
import { z } from 'zod';
import { limits } from './cluster-config.ts';
import { faultCommands } from './fault-command.ts';
import { linkSchema, nodeIdSchema } from './fault-rule.ts';
import { isRuleId, ruleIds, type RuleId } from './rules.ts';
import { describeSchemaProblem } from './schema-problem.ts';
import { workloadSchema } from './workload.ts';

// `new Function` is refused by the page's content security policy, and zod would try it.
z.config({ jitless: true });

const node = nodeIdSchema;
const index = z.int().min(0).max(limits.indexMax);

/** Bytes, as text or as they are. */
const entry = z.union([z.string(), z.instanceof(Uint8Array)]);

const seed = z.int().min(0).max(0xffff_ffff).optional();
const world = z.enum(['real', 'simulated']);

const timingsSchema = z.strictObject({
  electionTimeoutMinMs: z.int().min(1),
  electionTimeoutMaxMs: z.int().min(1),
  heartbeatIntervalMs: z.int().min(1),
});

const rulesOff = z
  .array(z.custom<RuleId>(isRuleId, 'there is no such rule'))
  .max(ruleIds.length)
  .refine((ids) => new Set(ids).size === ids.length, 'each rule stands here once');

/**
 * Starts a cluster in the lab's folder, after stopping the one that runs. The latest cluster of this size is taken up
 * again with its logs; `fresh` begins a new one with empty logs beside it and deletes nothing.
 */
const startCluster = z.strictObject({
  type: z.literal('start-cluster'),
  nodes: z.int().min(limits.nodesMin).max(limits.nodesMax),
  fresh: z.boolean().optional(),
  timings: timingsSchema.optional(),
  /** How many of them, from node 0 on, a new cluster begins with; the others run and wait to be added. All by default. */
  voters: z.int().min(1).max(limits.nodesMax).optional(),
  /** Rules that are off from the start. */
  rulesOff: rulesOff.optional(),
  /** With a retention set, a snapshot is taken each time that this many entries more were applied. */
  snapshotEveryEntries: z.int().min(1).max(limits.indexMax).optional(),
  /** What is drawn (election timeouts, faults) comes from it. By chance by default. */
  seed,
  /** `real` by default. The simulated world runs in virtual time, begins held, and is the same for the same seed and acts. */
  world: world.optional(),
  /** Each datagram takes so long: an ordinary network of this cluster, no fault, and `heal-all` leaves it. None by default. */
  networkDelay: z
    .strictObject({ minMs: z.number().min(0).max(1_000), maxMs: z.number().min(0).max(1_000) })
    .refine(({ minMs, maxMs }) => minMs <= maxMs, 'minMs is above maxMs')
    .optional(),
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
  seed,
});
const stopScenario = z.strictObject({ type: z.literal('stop-scenario') });
/** What was done by hand since the cluster was started, as a scenario. */
const saveScenario = z.strictObject({ type: z.literal('save-scenario'), title: z.string().min(1).max(200) });

/** Only in the simulated world: how fast its time passes. `speed` is virtual seconds a second; 0 holds it. */
const setPace = z.strictObject({ type: z.literal('set-pace'), speed: z.number().min(0).max(100) });
/** Only in the simulated world, held: one thing happens (a datagram arrives, a timer is due, a disk is done). */
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
  timings: timingsSchema.optional(),
  /** The first seed to try; 1 by default. */
  from: seed,
  seedsMax: z.int().min(1).max(100_000).optional(),
});
/** Ends a search for a seed, which is then answered with `not-running`. */
const stopSearch = z.strictObject({ type: z.literal('stop-search') });

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
  setPace,
  stepWorld,
  findSeed,
  stopSearch,
]);

export type Command = z.infer<typeof commandSchema>;
export type CommandType = Command['type'];
/** Commands to time itself and to the choice of the world: a lab refuses them, who opens worlds carries them out. */
export type WorldCommandType = 'set-pace' | 'step-world' | 'find-seed' | 'stop-search';
export type CommandOf<Type extends CommandType> = Extract<Command, { type: Type }>;

/** Each problem with its place, `entries.0: …`. Undefined when `value` is a command. */
export function describeCommandProblem(value: unknown): string | undefined {
  const parsed = commandSchema.safeParse(value);
  return parsed.success ? undefined : describeSchemaProblem(parsed.error, 'command');
}
