/** Commands to time itself, to the choice of the world and to recorded sessions: whoever opens labs carries them out. */
import { fail } from '../../../../shared/result.ts';
import type { SessionCommandType } from '../../../../shared/session-command.ts';
import type { WorldCommandType } from '../../../../shared/world-command.ts';
import { noSessions } from '../../../lab-words.ts';
import { atOnce, type CommandHandlers } from './command-handlers.ts';

const refused = () => fail('invalid', 'The time of this simulation is driven from outside.');
const notHere = () => ({ ok: false, failure: noSessions }) as const;

export const worldCommands: CommandHandlers<WorldCommandType | SessionCommandType> = {
  'set-pace': atOnce(refused),
  'step-world': atOnce(refused),
  'find-seed': atOnce(refused),
  'stop-search': atOnce(refused),
  'open-session': atOnce(notHere),
  'import-session': atOnce(notHere),
  'delete-sessions': atOnce(notHere),
  'export-session': atOnce(notHere),
  'cancel-export': atOnce(notHere),
};
