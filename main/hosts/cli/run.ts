/**
 * Carries out one command line.
 */
import { assertNever } from '../../../shared/assert.ts';
import { appVersion } from '../built-files.ts';
import { UsageError } from '../lab-arguments.ts';
import { readCommandLine, type CommandLine } from './command-line.ts';
import { openDesktop } from './desktop.ts';
import { help, usageHint } from './help.ts';
import { serve } from './serve.ts';
import { simulate } from './sim.ts';

/** The exit code of a command line that can't be carried out. */
const unusable = 2;

/** Runs until the command is done, or a signal stops it. @returns the exit code: 0 done, 1 failed, 2 unusable as written. */
export async function runCommandLine(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const version = appVersion();
  let commandLine: CommandLine;
  try {
    commandLine = readCommandLine(args, environment, version);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`raft-lab: ${error.message}\n${usageHint}`);
    return unusable;
  }
  switch (commandLine.type) {
    case 'help':
      process.stdout.write(help);
      return 0;
    case 'version':
      console.log(version);
      return 0;
    case 'later':
      console.error(`raft-lab ${commandLine.what}: not in this version yet`);
      return unusable;
    case 'sim':
      return simulate(commandLine.arguments);
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
