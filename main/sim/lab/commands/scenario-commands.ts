/** Commands that a simulated lab does not carry out: scenarios run on it, not in it. */
import { fail, type Result } from '../../../../shared/result.ts';
import { atOnce, type CommandHandlers } from './command-handlers.ts';

const notHere = (): Result<never> =>
  fail('invalid', 'A simulated lab runs no scenarios by itself. Run `raft-lab run FILE --sim`.');

export const scenarioCommands: CommandHandlers<'run-scenario' | 'stop-scenario' | 'save-scenario'> = {
  'run-scenario': atOnce(notHere),
  'stop-scenario': atOnce(notHere),
  'save-scenario': atOnce(notHere),
};
