/**
 * The options that every door takes and that end up in the lab: how many nodes, in which world, which ports, which folder.
 */
import { defaultBasePort, limits, paperTimings } from '../../shared/cluster-config.ts';
import type { LabOptions } from '../bridge/host-messages.ts';
import { dataFolder } from './data-folder.ts';

/** The prototype's cluster: the smallest that survives the loss of a node. */
export const defaultNodes = 3;

/** A command line that can't be carried out; `message` says which part of it and what would do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** For `util.parseArgs`. */
export const labArgumentOptions = {
  nodes: { type: 'string' },
  'base-port': { type: 'string' },
  data: { type: 'string' },
  world: { type: 'string' },
  seed: { type: 'string' },
} as const;

/** What `util.parseArgs` made of them; `unknown`, since its lenient mode lets a bare `--nodes` through as `true`. */
export type LabArguments = { readonly [Name in keyof typeof labArgumentOptions]?: unknown };

/**
 * Reads the options into what the lab's thread is started with.
 *
 * @throws UsageError for a value that makes no sense.
 */
export function readLabArguments(values: LabArguments, environment: NodeJS.ProcessEnv, version: string): LabOptions {
  const { data, world } = values;
  if (data !== undefined && (typeof data !== 'string' || data === '')) {
    throw new UsageError('--data needs a folder.');
  }
  if (world !== undefined && world !== 'real' && world !== 'simulated') {
    throw new UsageError(
      `--world must be real or simulated, not ${typeof world === 'string' ? `"${world}"` : 'nothing'}.`,
    );
  }
  const seed = readInteger('--seed', values.seed, 0, 999_999_999);
  return {
    folder: dataFolder(data, environment),
    nodes: readInteger('--nodes', values.nodes, limits.nodesMin, limits.nodesMax) ?? defaultNodes,
    basePort: readInteger('--base-port', values['base-port'], 1, 65_535 - limits.nodesMax) ?? defaultBasePort,
    timings: paperTimings,
    version,
    ...(world && { world }),
    ...(seed !== undefined && { seed }),
  };
}

/**
 * A whole number from `min` to `max`, or undefined when the option is absent.
 *
 * @throws UsageError for anything else.
 */
export function readInteger(name: string, text: unknown, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  const got = typeof text === 'string' ? `"${text}"` : 'nothing';
  throw new UsageError(`${name} must be a whole number from ${min} to ${max}, not ${got}.`);
}
