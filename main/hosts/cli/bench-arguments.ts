/**
 * What the words after `raft-lab bench` ask for.
 */
import { limits } from '../../../shared/cluster-config.ts';
import type { BenchmarkOptions } from '../../bench/benchmark.ts';
import { readInteger, UsageError } from '../lab-arguments.ts';
import { parseOptions } from './parse-options.ts';

export interface BenchArguments {
  readonly benchmark: BenchmarkOptions;
  /** What grows instead of levels of load; entries of its long log. */
  readonly growth?: number;
  readonly json: boolean;
}

const options = {
  nodes: { type: 'string' },
  outstanding: { type: 'string' },
  payload: { type: 'string' },
  seconds: { type: 'string' },
  warm: { type: 'string' },
  client: { type: 'string' },
  data: { type: 'string' },
  growth: { type: 'boolean' },
  entries: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const clients: readonly string[] = ['outside', 'inside'] satisfies BenchmarkOptions['client'][];
const entriesMax = 100_000_000;

/** @throws UsageError when it can't be carried out as written. */
export function readBenchArguments(args: readonly string[]): BenchArguments {
  const values = parseOptions('bench', args, options);
  const { client = 'outside', data = '.', growth = false, json = false } = values;
  if (!isClient(client)) throw new UsageError(`--client is outside or inside, not "${client}".`);
  if (values.entries !== undefined && !growth)
    throw new UsageError('--entries says how long the log of --growth becomes: give --growth as well.');
  const seconds = readInteger('--seconds', values.seconds, 1, 3_600) ?? 5;
  const warm = readInteger('--warm', values.warm, 0, 3_600) ?? 3;
  return {
    benchmark: {
      nodes: readInteger('--nodes', values.nodes, limits.nodesMin, limits.nodesMax) ?? 3,
      outstanding: readLevels(values.outstanding ?? '1,64,1024'),
      payloadBytes: readInteger('--payload', values.payload, 0, limits.entryPayloadBytesMax) ?? 64,
      warmMs: warm * 1_000,
      measuredMs: seconds * 1_000,
      client,
      folder: data,
    },
    ...(growth && { growth: readInteger('--entries', values.entries, 10_000, entriesMax) ?? 1_000_000 }),
    json,
  };
}

function isClient(word: string): word is BenchmarkOptions['client'] {
  return clients.includes(word);
}

/** `1,64,1024` */
function readLevels(list: string): readonly number[] {
  const levels = list.split(',').map((word) => (/^\d{1,6}$/.test(word) ? Number(word) : 0));
  if (levels.every((level) => level >= 1 && level <= limits.waitingRequestsMax)) return levels;
  throw new UsageError(`--outstanding must be like 1,64,1024, each up to ${limits.waitingRequestsMax}, not "${list}".`);
}
