/**
 * Carries out one command line.
 */
import { assertNever } from '../../../shared/assert.ts';
import { appVersion } from '../built-files.ts';
import { UsageError } from '../lab-arguments.ts';
import { append } from './append.ts';
import { bench } from './bench.ts';
import { readCommandLine, type CommandLine } from './command-line.ts';
import { openDesktop } from './desktop.ts';
import { help, helpAbout, usageHint } from './help.ts';
import { makeKey } from './key.ts';
import { serveNode } from './node.ts';
import { range } from './range.ts';
import { runScenarios } from './run-scenarios.ts';
import { serve } from './serve.ts';
import { simulate } from './sim.ts';

/** The exit code of a command line that can't be carried out. */
const unusable = 2;

/** Runs until the command is done, or a signal stops it. @returns the exit code: 0 done, 1 failed, 2 unusable as written. */
export async function runCommandLine(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const version = appVersion();
  try {
    return await carryOut(readCommandLine(args, environment, version), environment, version);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`raft-lab: ${error.message}\n${usageHint}`);
    return unusable;
  }
}

/** @throws UsageError (rejects) for what only turns out now, a key file without a key, say */
async function carryOut(commandLine: CommandLine, environment: NodeJS.ProcessEnv, version: string): Promise<number> {
  switch (commandLine.type) {
    case 'help':
      process.stdout.write(commandLine.about === undefined ? help : helpAbout(commandLine.about));
      return 0;
    case 'version':
      console.log(version);
      return 0;
    case 'later':
      console.error(`raft-lab ${commandLine.what}: not in this version yet`);
      return unusable;
    case 'sim':
      return simulate(commandLine.arguments);
    case 'node':
      return serveNode(commandLine.arguments);
    case 'append':
      return append(commandLine.arguments, process.stdin);
    case 'range':
      return range(commandLine.arguments);
    case 'key':
      return makeKey(commandLine.arguments);
    case 'run':
      return runScenarios(commandLine.arguments);
    case 'bench':
      return bench(commandLine.arguments);
    case 'serve':
      return serve(commandLine, environment);
    case 'app':
      return openApp(commandLine, environment);
    default:
      return assertNever(commandLine, 'a command line');
  }
}

/** The desktop window; where there can be none, one line says why and the browser door opens. */
async function openApp(
  commandLine: Extract<CommandLine, { type: 'app' }>,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const outcome = await openDesktop(commandLine, environment);
  if (outcome.opened) return outcome.exitCode;
  console.log(`No desktop window (${outcome.reason}): the lab is in the browser instead.`);
  return serve(commandLine, environment);
}
