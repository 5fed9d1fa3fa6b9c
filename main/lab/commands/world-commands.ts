/** Commands to time itself, and to the choice of the world: here time is real. */
import type { WorldCommandType } from '../../../shared/world-command.ts';
import { timeIsReal } from '../../lab-words.ts';
import type { CommandHandlers } from './command-handlers.ts';

const refused = { ok: false, failure: timeIsReal } as const;

export const worldCommands: CommandHandlers<WorldCommandType> = {
  'set-pace': () => refused,
  'step-world': () => refused,
  'find-seed': () => refused,
  'stop-search': () => refused,
};
