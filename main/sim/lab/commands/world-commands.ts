/** Commands to time itself, and to the choice of the world: whoever drives this lab's time, or opens labs, carries them out. */
import type { WorldCommandType } from '../../../../shared/world-command.ts';
import { fail } from '../../../../shared/result.ts';
import { atOnce, type CommandHandlers } from './command-handlers.ts';

const refused = () => fail('invalid', 'The time of this simulation is driven from outside.');

export const worldCommands: CommandHandlers<WorldCommandType> = {
  'set-pace': atOnce(refused),
  'step-world': atOnce(refused),
  'find-seed': atOnce(refused),
  'stop-search': atOnce(refused),
};
