/**
 * What the words after `raft-lab run` ask for.
 */
import { readInteger, UsageError } from '../lab-arguments.ts';
import { parseOptionsAndWords } from './parse-options.ts';

export interface RunArguments {
  /** Scenarios; at least one. */
  readonly files: readonly string[];
  /** `real`: server threads, UDP and disk. `sim`: simulated servers in virtual time. */
  readonly lab: 'real' | 'sim';
  /** Of the first run; each one more counts up. By default the scenario's own, or 1. */
  readonly seed?: number;
  /** Only this variant of each scenario. */
  readonly variant?: string;
  readonly times: number;
  readonly json: boolean;
  /** Tells the steps, and what happens, while it happens. */
  readonly verbose: boolean;
  /** Leaves the folders of real servers where they are. */
  readonly keep: boolean;
}

const seedMax = 999_999_999;
const timesMax = 1_000;

const options = {
  sim: { type: 'boolean' },
  real: { type: 'boolean' },
  seed: { type: 'string' },
  variant: { type: 'string' },
  times: { type: 'string' },
  json: { type: 'boolean' },
  verbose: { type: 'boolean' },
  keep: { type: 'boolean' },
} as const;

/** @throws UsageError when it can't be carried out as written. */
export function readRunArguments(args: readonly string[]): RunArguments {
  const { values, words } = parseOptionsAndWords('run', args, options);
  if (words.length === 0) throw new UsageError('run needs a scenario: a YAML file, or several.');
  if (values.sim === true && values.real === true) throw new UsageError('run takes --sim or --real, not both.');
  if (values.sim === true && values.keep === true)
    throw new UsageError('--keep is about the folders of real servers; simulated ones have none.');
  const seed = readInteger('--seed', values.seed, 0, seedMax);
  return {
    files: words,
    lab: values.sim === true ? 'sim' : 'real',
    ...(seed !== undefined && { seed }),
    ...(values.variant !== undefined && { variant: values.variant }),
    times: readInteger('--times', values.times, 1, timesMax) ?? 1,
    json: values.json ?? false,
    verbose: values.verbose ?? false,
    keep: values.keep ?? false,
  };
}
