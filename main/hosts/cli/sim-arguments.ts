/**
 * What the words after `raft-lab sim` ask for.
 */
import { limits } from '../../../shared/cluster-config.ts';
import { isRuleId, ruleIds, type RuleId } from '../../../shared/rules.ts';
import { readInteger, UsageError } from '../lab-arguments.ts';
import { parseOptions } from './parse-options.ts';

export interface SimArguments {
  /** Ascending; those of the shard. */
  readonly seeds: readonly number[];
  /** Voters at the start; drawn from each seed when it is missing. */
  readonly nodes?: number;
  readonly ruleOff?: RuleId;
  readonly json: boolean;
  /** No seed is begun after so many seconds. */
  readonly seconds?: number;
  /** Where the stream of the one seed is written. */
  readonly events?: string;
}

const defaultSeeds = '1..100';
const seedMax = 2_147_483_647;
const seedsMax = 10_000_000;

const options = {
  seeds: { type: 'string' },
  nodes: { type: 'string' },
  'rule-off': { type: 'string' },
  shard: { type: 'string' },
  json: { type: 'boolean' },
  seconds: { type: 'string' },
  events: { type: 'string' },
} as const;

/** @throws UsageError when it can't be carried out as written. */
export function readSimArguments(args: readonly string[]): SimArguments {
  const values = parseOptions('sim', args, options);
  const range = values.seeds ?? defaultSeeds;
  const seeds = takeShard(readSeeds(range), values.shard);
  const nodes = readInteger('--nodes', values.nodes, limits.nodesMin, limits.nodesMax);
  const seconds = readInteger('--seconds', values.seconds, 1, 1_000_000);
  const ruleOff = readRule(values['rule-off']);
  const { events } = values;
  if (events !== undefined && (seeds.length !== 1 || events === ''))
    throw new UsageError('--events writes the stream of one seed to a file: give it a file and --seeds one number.');
  return {
    seeds,
    json: values.json ?? false,
    ...(nodes !== undefined && { nodes }),
    ...(seconds !== undefined && { seconds }),
    ...(ruleOff !== undefined && { ruleOff }),
    ...(events !== undefined && { events }),
  };
}

/** `4711` or `1..1000`, both ends included. */
function readSeeds(range: string): number[] {
  const [, first, last = first] = /^(\d{1,10})(?:\.\.(\d{1,10}))?$/.exec(range) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (from > to) throw new UsageError(`--seeds ${range}: give the smaller seed first.`);
  if (!(from <= to && to <= seedMax))
    throw new UsageError(`--seeds must be a number or a range like 1..1000, up to ${seedMax}, not "${range}".`);
  if (to - from >= seedsMax) throw new UsageError(`--seeds can be up to ${seedsMax} seeds at once.`);
  return Array.from({ length: to - from + 1 }, (_, position) => from + position);
}

/** `2/5`: every fifth seed, beginning at the second. */
function takeShard(seeds: readonly number[], shard: string | undefined): readonly number[] {
  if (shard === undefined) return seeds;
  const [, part, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(shard) ?? [];
  const [number, count] = [Number(part), Number(of)];
  if (!(number >= 1 && number <= count)) throw new UsageError(`--shard must be like 2/5, not "${shard}".`);
  const dealt = seeds.filter((_, position) => position % count === number - 1);
  if (dealt.length > 0) return dealt;
  throw new UsageError(`--shard ${shard} leaves no seed of ${seeds.length}. Give more seeds, or fewer shards.`);
}

function readRule(rule: string | undefined): RuleId | undefined {
  if (rule === undefined || isRuleId(rule)) return rule;
  throw new UsageError(`There is no rule "${rule}". The rules are: ${ruleIds.join(', ')}.`);
}
