/**
 * What the words after `raft-lab append` and `raft-lab range` ask for.
 */
import type { ReadMode } from '../../../shared/client-request.ts';
import { limits, type Address } from '../../../shared/cluster-config.ts';
import type { Expectation } from '../../../shared/log-entry.ts';
import { UsageError } from '../lab-arguments.ts';
import { parseOptionsAndWords } from './parse-options.ts';
import { readAddress, requireKeyBeyondLoopback } from './read-address.ts';

/** How to get to a cluster, and how to say what became of it. */
export interface ClientArguments {
  /** At least one. */
  readonly servers: readonly Address[];
  readonly keyFile?: string;
  readonly timeoutMs: number;
  readonly json: boolean;
}

export interface AppendArguments extends ClientArguments {
  /** One append of these entries; without them each line of standard input is one. */
  readonly texts?: readonly string[];
  readonly expect?: Expectation;
}

export interface RangeArguments extends ClientArguments {
  readonly startIndex: number;
  readonly endIndex: number;
  readonly read: ReadMode;
}

const clientOptions = {
  to: { type: 'string' },
  key: { type: 'string' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
} as const;
const appendOptions = { ...clientOptions, expect: { type: 'string' } } as const;
const rangeOptions = { ...clientOptions, read: { type: 'string' } } as const;

const readModes: readonly ReadMode[] = ['linearizable', 'lease', 'local'];

/** @throws UsageError when it can't be carried out as written. */
export function readAppendArguments(args: readonly string[]): AppendArguments {
  const { values, words } = parseOptionsAndWords('append', args, appendOptions);
  const client = readClient('append', values);
  const readsInput = words.length === 0 || (words.length === 1 && words[0] === '-');
  const expect = readExpectation(values.expect);
  if (readsInput && expect !== undefined)
    throw new UsageError('--expect is about one append: give its texts as words, not on standard input.');
  return { ...client, ...(!readsInput && { texts: words }), ...(expect !== undefined && { expect }) };
}

/** @throws UsageError when it can't be carried out as written. */
export function readRangeArguments(args: readonly string[]): RangeArguments {
  const { values, words } = parseOptionsAndWords('range', args, rangeOptions);
  const client = readClient('range', values);
  const [start, end, ...more] = words;
  if (start === undefined || end === undefined || more.length > 0)
    throw new UsageError('range needs two indexes, START and END, like 1 100. Both are included.');
  const [startIndex, endIndex] = [readIndex('START', start), readIndex('END', end)];
  if (endIndex < startIndex) throw new UsageError(`range ${start} ${end}: give the smaller index first.`);
  return { ...client, startIndex, endIndex, read: readMode(values.read) };
}

interface ClientValues {
  readonly to?: string;
  readonly key?: string;
  readonly timeout?: string;
  readonly json?: boolean;
}

function readClient(command: string, { to, key: keyFile, timeout, json }: ClientValues): ClientArguments {
  if (to === undefined || to.trim() === '')
    throw new UsageError(
      `${command}: --to is missing. Give the address of a node, or of several, HOST:PORT,HOST:PORT.`,
    );
  const servers = to.split(',').map((address) => readAddress('--to', address.trim()));
  requireKeyBeyondLoopback(command, keyFile, servers);
  const timeoutMs = readTimeout(timeout);
  return { servers, timeoutMs, json: json ?? false, ...(keyFile !== undefined && { keyFile }) };
}

/** Seconds, with a fraction or without. */
function readTimeout(text: string | undefined): number {
  if (text === undefined) return limits.requestTimeoutMs;
  const secondsMax = limits.clientTimeoutMsMax / 1_000;
  const seconds = /^\d{1,9}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= secondsMax) return Math.round(seconds * 1_000);
  throw new UsageError(`--timeout must be seconds, from 0.001 to ${secondsMax}, not "${text}".`);
}

function readExpectation(text: string | undefined): Expectation | undefined {
  if (text === undefined) return undefined;
  const [, index, term] = /^(\d{1,16}):(\d{1,16})$/.exec(text) ?? [];
  const expect = { prevLogIndex: Number(index), prevLogTerm: Number(term) };
  if (expect.prevLogIndex <= limits.indexMax && expect.prevLogTerm <= limits.termMax) return expect;
  throw new UsageError(
    `--expect must be the last entry's INDEX:TERM, like 17:3 (0:0 for an empty log), not "${text}".`,
  );
}

function readIndex(name: string, text: string): number {
  const index = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (index <= limits.indexMax) return index;
  throw new UsageError(`range: ${name} must be an index, a whole number from 0 up, not "${text}".`);
}

function readMode(text: string | undefined): ReadMode {
  if (text === undefined) return 'linearizable';
  const mode = readModes.find((one) => one === text);
  if (mode !== undefined) return mode;
  throw new UsageError(`--read must be ${readModes.slice(0, -1).join(', ')} or ${readModes.at(-1)}, not "${text}".`);
}
