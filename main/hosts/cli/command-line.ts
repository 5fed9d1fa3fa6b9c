/**
 * What the words after `raft-lab` ask for.
 */
import { parseArgs } from 'node:util';
import { assertNever } from '../../../shared/assert.ts';
import type { LabOptions } from '../../bridge/host-messages.ts';
import { labArgumentOptions, readInteger, readLabArguments, UsageError } from '../lab-arguments.ts';
import { readBenchArguments, type BenchArguments } from './bench-arguments.ts';
import {
  readAppendArguments,
  readRangeArguments,
  type AppendArguments,
  type RangeArguments,
} from './client-arguments.ts';
import { readKeyArguments, type KeyArguments } from './key.ts';
import { readNodeArguments, type NodeArguments } from './node-arguments.ts';
import { readRunArguments, type RunArguments } from './run-arguments.ts';
import { readSimArguments, type SimArguments } from './sim-arguments.ts';

/** Commands that later versions bring. */
export const laterCommands = ['invite', 'check', 'replay', 'export'] as const;

/** What the browser door is opened with. */
export interface ServeOptions {
  readonly lab: LabOptions;
  /** 0 takes any free port. */
  readonly port: number;
  /** Whether the person's browser is to be opened; the address is printed in any case. */
  readonly open: boolean;
}

/** Commands with options of their own, and a help text about them. */
export const ownCommands = ['node', 'append', 'range', 'key', 'run', 'sim', 'bench'] as const;
export type HelpTopic = (typeof ownCommands)[number];

export type CommandLine =
  | { readonly type: 'help'; readonly about?: HelpTopic }
  | { readonly type: 'version' }
  /** `what` comes with a later version. */
  | { readonly type: 'later'; readonly what: string }
  /** Scenarios. */
  | { readonly type: 'run'; readonly arguments: RunArguments }
  /** Seeds of the simulator. */
  | { readonly type: 'sim'; readonly arguments: SimArguments }
  /** One server without a page. */
  | { readonly type: 'node'; readonly arguments: NodeArguments }
  | { readonly type: 'append'; readonly arguments: AppendArguments }
  | { readonly type: 'range'; readonly arguments: RangeArguments }
  | { readonly type: 'key'; readonly arguments: KeyArguments }
  /** What a cluster on this machine does. */
  | { readonly type: 'bench'; readonly arguments: BenchArguments }
  /** The browser door. */
  | ({ readonly type: 'serve' } & ServeOptions)
  /** The desktop window, or the browser door where there can be none. `fetch`: get Electron's binary if it is missing. */
  | ({ readonly type: 'app'; readonly fetch: boolean } & ServeOptions);

const options = {
  ...labArgumentOptions,
  port: { type: 'string' },
  open: { type: 'boolean' },
  browser: { type: 'boolean' },
  'fetch-electron': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/**
 * Reads a command line.
 *
 * @throws UsageError when it can't be carried out as written.
 */
export function readCommandLine(args: readonly string[], environment: NodeJS.ProcessEnv, version: string): CommandLine {
  const later = laterCommands.find((command) => command === args[0]);
  if (later !== undefined) return { type: 'later', what: later };

  const own = ownCommands.find((command) => command === args[0]);
  if (own !== undefined) return readOwnCommand(own, args.slice(1), environment);
  const { values, positionals } = parse(args);
  if (values.help === true) return { type: 'help' };
  if (values.version === true) return { type: 'version' };

  const [command, ...rest] = positionals;
  if (command !== undefined && command !== 'serve') return unknownCommand(command);
  if (rest.length > 0) throw new UsageError(`"${rest.join(' ')}" after serve is not an option.`);
  const serve: ServeOptions = {
    lab: readLabArguments(values, environment, version),
    port: readInteger('--port', values.port, 0, 65_535) ?? 0,
    open: values.open ?? true,
  };
  // Only the browser door has a port and can be left unopened: whoever names one of them wants it.
  const isBrowser = command === 'serve' || values.browser === true || values.port !== undefined || !serve.open;
  return isBrowser ? { type: 'serve', ...serve } : { type: 'app', ...serve, fetch: values['fetch-electron'] ?? false };
}

function readOwnCommand(command: HelpTopic, args: readonly string[], environment: NodeJS.ProcessEnv): CommandLine {
  if (asksForHelp(args)) return { type: 'help', about: command };
  switch (command) {
    case 'node':
      return { type: command, arguments: readNodeArguments(args, environment) };
    case 'append':
      return { type: command, arguments: readAppendArguments(args) };
    case 'range':
      return { type: command, arguments: readRangeArguments(args) };
    case 'key':
      return { type: command, arguments: readKeyArguments(args) };
    case 'run':
      return { type: command, arguments: readRunArguments(args) };
    case 'sim':
      return { type: command, arguments: readSimArguments(args) };
    case 'bench':
      return { type: command, arguments: readBenchArguments(args) };
    default:
      return assertNever(command, 'a command');
  }
}

/** What stands behind `--` is a text to append, whatever it says. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  return own.includes('--help') || own.includes('-h');
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true, allowNegative: true });
  } catch (error) {
    // Node's messages go on with advice about `--` that is of no use here.
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${message.replace(/\.? To specify a positional argument.*$/s, '').replace(/\.$/, '')}.`);
  }
}

function unknownCommand(command: string): CommandLine {
  if (command.startsWith('raftlab:')) return { type: 'later', what: 'opening an invite link' };
  if (command.endsWith('.raftlab')) return { type: 'later', what: 'opening a session file' };
  throw new UsageError(`There is no command "${command}".`);
}
